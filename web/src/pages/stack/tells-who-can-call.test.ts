import { describe, expect, it } from 'vitest';
import { reachOf } from './reach.ts';

const tool = (name: string, toolClass: string) => ({
  name,
  class: toolClass,
  classes: [toolClass],
  severity: '',
  drifted: false,
});
const grant = (label: string, rest: object = {}) => ({
  id: label,
  label,
  policyId: 'p',
  revokedAt: null,
  expiresAt: null,
  ...rest,
});

describe('who can call what', () => {
  it('counts live grants with a policy that lets the tool through, gravest tools first', () => {
    const items = [
      {
        server: { id: 's', name: 'S', slug: 's' },
        tools: [tool('look', 'Read'), tool('wipe', 'Destructive')],
        policies: [{ id: 'p', name: 'P', document: { version: '1', default: 'deny', tools: { look: {} } } }],
        grants: [
          grant('live'),
          grant('revoked', { revokedAt: '2026-01-01T00:00:00Z' }),
          grant('expired', { expiresAt: '2026-01-01T00:00:00Z' }),
          grant('bare', { policyId: null }),
        ],
      },
    ];
    const reaches = reachOf(items as never, Date.parse('2026-06-01T00:00:00Z'));
    expect(
      reaches.map(({ tool: { name }, callers }) => [name, callers.map(({ grant: { label } }) => label)]),
    ).toEqual([
      ['wipe', []],
      ['look', ['live']],
    ]);
  });
});
