import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noRedis, redisUrl } from '../../../tests/kit/redis.ts';
import type { LimitRefusal, Reservation } from '../../policy/index.ts';
import { createCounters } from '../counters.ts';
import { MIDNIGHT, OWNER, slotsOf, windowOf } from '../samples.ts';
import type { Hold } from '../types.ts';
import { Common, openNode } from './samples.ts';

const HOUR = 3_600_000;

interface Step {
  readonly elapsed: number;
  readonly wants: readonly Reservation[];
  /** Which open call ends, and how. */
  readonly end: { readonly which: number; readonly how: 'commit' | 'release' | 'refund' } | null;
}

const amounts = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 700 }).map((cents) => cents / 100),
  fc.constantFrom(0.1, 0.2, 0.3, 1e-20, 1e15, 2 ** 53 - 1, Number.MAX_VALUE, Infinity, NaN, -1),
);
const windows = fc
  .record({
    counter: fc.constantFrom('a', 'b'),
    algorithm: fc.constantFrom('fixed' as const, 'sliding' as const),
    scope: fc.constantFrom('grant' as const, 'organization' as const),
    window: fc.constantFrom(10, 'minute' as const, 'hour' as const),
    amount: amounts,
    max: fc.constantFrom(7, 7, 7, 0.3, 2 ** 53 - 1, 0, NaN),
    refundOnError: fc.boolean(),
  })
  .map((change): Reservation => windowOf(change));
const slots = fc.record({ counter: fc.constantFrom('s', 't') }).map((change): Reservation => slotsOf(change));
const anyTime = fc.oneof(
  fc.integer({ min: 0, max: 30_000 }),
  fc.integer({ min: 0, max: 15 }),
  fc.integer({ min: -9 * HOUR, max: 9 * HOUR }),
  fc.constant(0),
);
/** So little that no lease ends, which nobody renews here. */
const noTime = fc.integer({ min: -300, max: 300 });

function stepsOf(elapsed: fc.Arbitrary<number>, wanted: fc.Arbitrary<Reservation>): fc.Arbitrary<Step[]> {
  const how = fc.constantFrom('commit' as const, 'release' as const, 'refund' as const);
  return fc.array(
    fc.record({
      elapsed,
      wants: fc.array(wanted, { minLength: 1, maxLength: 4 }),
      end: fc.option(fc.record({ which: fc.nat(), how })),
    }),
    { minLength: 1, maxLength: 25 },
  );
}

function said(answer: Hold | LimitRefusal | undefined): unknown {
  if (answer === undefined || !('commit' in answer)) return answer;
  return answer.taken;
}

describe.skipIf(noRedis)('counters in Redis, beside those in memory', () => {
  it('give the same answer to the same calls, whatever they take, give back and when', async () => {
    const common = new Common();
    common.now = MIDNIGHT;
    const shared = await openNode(common, redisUrl as string, 'node');
    let round = 0;
    const play = async (script: readonly Step[]): Promise<void> => {
      const memory = createCounters();
      const owner = { ...OWNER, organization: `o${++round}`, grant: `g${round}` };
      const open: [Hold, Hold][] = [];
      let latest = (common.now as number) - ((common.now as number) % (24 * HOUR)) + 48 * HOUR;
      common.now = latest;
      for (const { elapsed, wants: reservations, end } of script) {
        // Set back by less than a day: after more, the counts are made anew from the database.
        common.now = Math.max(common.now + elapsed, latest - 23 * HOUR);
        latest = Math.max(latest, common.now);
        const before = await shared.peek(owner, reservations);
        expect(before).toEqual(memory.peek(owner, reservations, common.now));
        const there = await shared.reserve(owner, reservations);
        const here = memory.reserve(owner, reservations, common.now);
        expect(said(there)).toEqual(said(here));
        if ('commit' in there && 'commit' in here) open.push([there, here]);
        const [chosen] = end === null ? [] : open.splice(end.which % Math.max(1, open.length), 1);
        if (chosen === undefined || end === null) continue;
        for (const hold of chosen) {
          if (end.how === 'commit') hold.commit();
          else if (end.how === 'release') hold.release();
          else hold.release((reservation) => reservation.refundOnError);
        }
      }
      for (const pair of open) for (const hold of pair) hold.release();
    };
    try {
      await fc.assert(fc.asyncProperty(stepsOf(anyTime, windows), play), { numRuns: 150 });
      await fc.assert(fc.asyncProperty(stepsOf(noTime, fc.oneof(windows, slots)), play), { numRuns: 100 });
    } finally {
      await shared.close();
    }
  }, 120_000);
});
