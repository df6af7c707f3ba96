import { describe, expect, it } from 'vitest';
import type { PolicyDocument, ToolRules } from '../../policy/index.ts';
import { assessTools } from '../recommend/assess-tools.ts';
import type { ToolDefinition } from '../types.ts';
import { exampleTool, TEXT } from './arguments/example-tool.ts';
import { ordinary, plant } from './arguments/plant.ts';
import { play } from './play.ts';
import type { AttackPattern, AttackStep } from './types.ts';

const shell = exampleTool('run_command', 'Runs a shell command.', { command: TEXT });
const otherShell = exampleTool('bash', 'Runs a bash command.', { command: TEXT });
const list = exampleTool('list_items', 'Lists items.', {});

function pattern(steps: readonly AttackStep[], server?: AttackPattern['server']): AttackPattern {
  return {
    slug: 'one',
    title: 'One',
    summary: '',
    mechanism: [],
    incidents: [],
    classes: [],
    signals: [],
    references: [],
    policy: {},
    remains: '',
    steps,
    server,
  };
}

const allow = (tools: Record<string, ToolRules>): PolicyDocument => ({
  version: '1',
  default: 'deny',
  tools,
});
const hostile: AttackStep = {
  tool: { signals: ['accepts-shell'] },
  arguments: plant({ at: 'accepts-shell', value: 'rm -rf /' }),
};
const played = (steps: readonly AttackStep[], policy: PolicyDocument, ...tools: ToolDefinition[]) =>
  play(pattern(steps), policy, assessTools(tools));

describe('the attacker', () => {
  it('takes the tool that the policy forgot', () => {
    const policy: PolicyDocument = { version: '1', default: 'allow', hide: ['run_command'] };
    const { outcome, steps } = played([hostile], policy, shell, otherShell);
    expect(outcome).toBe('got through');
    expect(steps[0]).toMatchObject({ tool: 'bash', arguments: { command: 'rm -rf /' } });
  });

  it('takes the tool with the widest limit', () => {
    const limited = (max: number): ToolRules => ({ limits: [{ counter: `c${max}`, window: 'minute', max }] });
    const policy = allow({ run_command: limited(2), bash: limited(5) });
    const { outcome, steps, decidedBy } = played([{ ...hostile, times: 9 }], policy, shell, otherShell);
    expect({ outcome, decidedBy }).toEqual({ outcome: 'limited', decidedBy: 0 });
    expect(steps[0]).toMatchObject({ tool: 'bash', tried: 9, passed: 5, rule: '/tools/bash/limits/0' });
  });

  it('needs every step of the chain', () => {
    const chain: AttackStep[] = [{ tool: { classes: ['Read'] }, arguments: ordinary }, hostile];
    const stopped = played(chain, allow({ list_items: {} }), list, shell);
    expect(stopped).toMatchObject({ outcome: 'stopped', decidedBy: 1 });
    expect(stopped.steps.at(-1)).toMatchObject({ rule: '(default deny)', passed: 0 });
    expect(played(chain, allow({ '*': {} }), shell)).toMatchObject({ outcome: 'does not fit', steps: [] });
  });

  it('finds the limits used that earlier steps used', () => {
    const chain: AttackStep[] = [{ tool: { classes: ['Read'] }, arguments: ordinary, times: 3 }, hostile];
    const policy = (max: number): PolicyDocument => ({
      version: '1',
      default: 'allow',
      all_tools: { limits: [{ counter: 'all', window: 'minute', max }] },
    });
    expect(played(chain, policy(3), list, shell)).toMatchObject({ outcome: 'stopped', decidedBy: 1 });
    expect(played(chain, policy(4), list, shell).outcome).toBe('got through');
  });

  it('waits for a person, unless that person agrees to everything', () => {
    const policy = allow({ run_command: { approve_if: [{ conditions: [] }] } });
    expect(played([hostile], policy, shell)).toMatchObject({ outcome: 'stopped' });
    expect(played([{ ...hostile, approved: true }], policy, shell).outcome).toBe('got through');
  });

  it('passes limits by session with new sessions, and no others', () => {
    const policy = (scope: 'session' | 'grant') =>
      allow({ run_command: { limits: [{ counter: 'c', window: 'minute', max: 2, scope }] } });
    const step: AttackStep = { ...hostile, times: 6, newSessions: true };
    expect(played([step], policy('session'), shell).outcome).toBe('got through');
    expect(played([step], policy('grant'), shell).outcome).toBe('limited');
  });

  it('does not fit where the schema refuses its arguments', () => {
    const strict = exampleTool('run_command', 'Runs a shell command.', {
      command: { type: 'string', pattern: '^ls$' },
    });
    expect(played([hostile], { version: '1', default: 'allow' }, strict).outcome).toBe('does not fit');
  });

  it('gets no secret back that the policy blacks out, and no flood', () => {
    const secret: AttackStep = {
      tool: {},
      arguments: ordinary,
      answer: { content: [{ type: 'text', text: 'key AKIAQ3EGX7TZB2WLM5NV' }] },
      carries: 'AKIAQ3EGX7TZB2WLM5NV',
    };
    expect(played([secret], allow({ list_items: {} }), list).outcome).toBe('got through');
    for (const results of [{ redact: ['secrets'] }, { max_bytes: 20 }])
      expect(played([secret], allow({ list_items: { results } }), list)).toMatchObject({
        outcome: 'stopped',
        steps: [{ rule: '(results)' }],
      });
  });

  it('is read only where its tool is listed', () => {
    const evil = exampleTool('evil', 'Read me.', {});
    const poisoned = pattern([{ tool: { name: 'evil' }, arguments: ordinary, listed: true }], {
      tools: [evil],
    });
    expect(play(poisoned, allow({ list_items: {} }), [])).toMatchObject({
      outcome: 'stopped',
      steps: [{ tool: 'evil', rule: '(default deny)' }],
    });
    expect(play(poisoned, { version: '1', default: 'allow' }, []).outcome).toBe('got through');
  });

  it('leaves no trace in what is played next', () => {
    const policy = allow({ run_command: { limits: [{ counter: 'c', window: 'day', max: 1 }] } });
    expect(played([hostile], policy, shell).outcome).toBe('got through');
    expect(played([hostile], policy, shell).outcome).toBe('got through');
  });
});
