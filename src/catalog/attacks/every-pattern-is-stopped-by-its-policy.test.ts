import { describe, expect, it } from 'vitest';
import { checkPolicy, type PolicyDocument } from '../../policy/index.ts';
import { assessTools } from '../recommend/assess-tools.ts';
import { ATTACKS } from './index.ts';
import { play } from './play.ts';

const ALLOW_ALL: PolicyDocument = { version: '1', default: 'allow' };

describe.each(ATTACKS.map((attack) => [attack.slug, attack] as const))('%s', (_, attack) => {
  const tools = assessTools(attack.examples ?? []);

  it('has a policy that holds by the language', () => {
    expect(checkPolicy(attack.policy)).toMatchObject({ ok: true });
  });

  it('gets through where everything is allowed', () => {
    expect(play(attack, ALLOW_ALL, tools)).toMatchObject({ outcome: 'got through' });
  });

  it('is stopped or limited by its own policy', () => {
    const checked = checkPolicy(attack.policy);
    if (!checked.ok) throw new Error('the policy does not hold');
    expect(['stopped', 'limited']).toContain(play(attack, checked.document, tools).outcome);
  });

  it('needs what its example has', () => {
    const fits = tools.some(
      ({ assessment: { classes, signals } }) =>
        (attack.classes.length === 0 || attack.classes.some((one) => classes.includes(one))) &&
        (attack.signals.length === 0 || attack.signals.some((one) => signals.includes(one))),
    );
    expect(fits || tools.length === 0).toBe(true);
  });

  it('cites by date and source', () => {
    for (const { date, source, title } of attack.incidents) {
      expect(date).toMatch(/^20\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/);
      expect(new URL(source).protocol).toBe('https:');
      expect(title).not.toBe('');
    }
    expect(attack.references.length).toBeGreaterThan(0);
  });
});
