import { expect, it } from 'vitest';
import { evaluate, type CallFacts, type ToolClass, type ToolFacts } from './index.ts';
import { compiled, facts, judge, ROOM } from './samples.ts';

const ALLOW = { version: '1', default: 'allow' };
const earlier = { id: 'call-1', at: Date.UTC(2026, 10, 21, 11, 0, 0) };
const tool = (name: ToolClass, more: Partial<ToolFacts> = {}): ToolFacts => ({
  name: 't',
  class: name,
  classes: [name],
  ...more,
});
const repeat = (more: Partial<CallFacts> = {}): CallFacts =>
  facts('t', {}, { earlier, tool: tool('Write'), ...more });

it.each(['Write', 'Execute', 'Destructive', 'Financial'] as const)(
  'asks a person about a repeat of a %s tool, and says what was lost',
  (name) => {
    const verdict = judge(ALLOW, repeat({ tool: tool(name) }));
    expect(verdict).toMatchObject({ outcome: 'needs_approval', rule: '(unknown outcome)', earlier });
    expect(verdict.message).toContain('call-1, 2026-11-21T11:00:00.000Z');
    expect(verdict.trace.at(-1)).toMatchObject({ rule: '(unknown outcome)', result: 'needs_approval' });
  },
);

it.each([
  ['a tool that reads', repeat({ tool: tool('Read') })],
  ['a tool that is idempotent', repeat({ tool: tool('Write', { idempotent: true }) })],
  ['no lost answer', repeat({ earlier: undefined })],
])('lets pass: %s', (_, call) => {
  expect(judge(ALLOW, call)).toMatchObject({ outcome: 'allow', rule: '' });
});

it('comes after every denial, and after limits', () => {
  const denies = { ...ALLOW, tools: { t: { deny_if: [{ conditions: [] }] } } };
  expect(judge(denies, repeat())).toMatchObject({ outcome: 'deny', rule: '/tools/t/deny_if/0' });
  const limited = compiled({ ...ALLOW, tools: { t: { limits: [{ counter: 'c', window: 'day', max: 1 }] } } });
  const full = evaluate(limited, repeat(), ([reservation]) => ({ reservation: reservation!, used: 1 }));
  expect(full).toMatchObject({ outcome: 'deny', rule: '/tools/t/limits/0' });
  const asked = evaluate(limited, repeat(), ROOM);
  expect(asked).toMatchObject({ outcome: 'needs_approval', rule: '(unknown outcome)' });
  expect(asked.reservations).toHaveLength(1);
});

it('leaves a rule that asks anyway its name, its time and its words', () => {
  const asks = {
    ...ALLOW,
    tools: { t: { approve_if: [{ conditions: [], reason: 'Look.', expires: '5m' }] } },
  };
  const verdict = judge(asks, repeat());
  expect(verdict).toMatchObject({ rule: '/tools/t/approve_if/0', approvalExpiresSeconds: 300, earlier });
  expect(verdict.message).toMatch(/^Look\. An identical call/);
});
