import { describe, expect, it } from 'vitest';
import { limitsInUse } from './limit-use.ts';

const NOW = Date.parse('2026-06-01T12:00:30Z');
const RULE = '/tools/run~1it/limits/0';
const items = [
  {
    policies: [
      {
        id: 'p',
        document: { tools: { 'run/it': { limits: [{ counter: 'c', window: 'minute', max: 10 }] } } },
      },
    ],
  },
];
const call = (secondsAgo: number, rest: object = {}) => ({
  at: NOW - secondsAgo * 1000,
  tool: 'run/it',
  outcome: 'allow',
  rule: '',
  policy: { id: 'p', version: 1 },
  grant: { id: 'g', label: 'G' },
  reservations: [{ counter: 'c', kind: 'window', rule: RULE, amount: 1, max: 10, settled: 'kept' }],
  ...rest,
});
const used = (decisions: readonly object[]) => limitsInUse(decisions as never, items as never, 0.7, NOW);

describe('limits in use', () => {
  it('count what was kept in the window that runs now', () => {
    const before = call(31);
    const released = call(1, {
      reservations: [{ kind: 'window', rule: RULE, amount: 1, settled: 'released' }],
    });
    const seven = Array.from({ length: 7 }, () => call(5));
    expect(used([before, released, ...seven])).toMatchObject([{ used: 7, max: 10, refused: 0, grant: 'G' }]);
    expect(used([before, ...seven.slice(1)])).toEqual([]);
  });

  it('are full when they refused a call', () => {
    expect(used([call(2, { outcome: 'deny', rule: RULE, reservations: [] })])).toMatchObject([
      { refused: 1 },
    ]);
  });
});
