import { describe, expect, it } from 'vitest';
import { createCounters } from './counters.ts';
import { held, MIDNIGHT, OWNER, refused, windowOf } from './samples.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ONE = windowOf({ max: 1 });

describe('a clock that is set back', () => {
  it('does not open a window again, also one that was swept', () => {
    const counters = createCounters();
    held(counters.reserve(OWNER, [ONE], MIDNIGHT));
    held(counters.reserve(OWNER, [ONE], MIDNIGHT + 2 * HOUR));
    for (let i = 0; i < 10; i++)
      held(counters.reserve(OWNER, [windowOf({ counter: `other${i}` })], MIDNIGHT + 2 * HOUR));
    refused(counters.reserve(OWNER, [ONE], MIDNIGHT));
    refused(counters.reserve(OWNER, [ONE], MIDNIGHT + 2 * HOUR - DAY + 1));
    held(counters.reserve(OWNER, [ONE], MIDNIGHT + 2 * HOUR + 60_000));
  });

  it('says, while it stands still, when the wall clock will have caught up', () => {
    const counters = createCounters();
    held(counters.reserve(OWNER, [ONE], MIDNIGHT));
    expect(refused(counters.reserve(OWNER, [ONE], MIDNIGHT - 10_000)).retryAfterSeconds).toBe(70);
  });

  it.each(['fixed', 'sliding'] as const)(
    'by more than a day is believed, and what still counted counts for the rest of its time (%s)',
    (algorithm) => {
      const counters = createCounters();
      const limit = windowOf({ max: 1, algorithm });
      const wrong = MIDNIGHT + 400 * DAY;
      held(counters.reserve(OWNER, [limit], wrong + 20_000));
      const back = MIDNIGHT + 5_000;
      refused(counters.reserve(OWNER, [limit], back));
      refused(counters.reserve(OWNER, [limit], back + 39_999));
      held(counters.reserve(OWNER, [limit], back + 61_000));
    },
  );

  it('by more than a day keeps the current window of a long limit shut', () => {
    const counters = createCounters();
    const month = windowOf({ max: 1, window: 30 * 86_400 });
    const start = Math.floor(MIDNIGHT / (30 * DAY)) * 30 * DAY;
    held(counters.reserve(OWNER, [month], start + 10 * DAY));
    refused(counters.reserve(OWNER, [month], start + 5 * DAY));
    refused(counters.reserve(OWNER, [month], start + 30 * DAY - 1));
    held(counters.reserve(OWNER, [month], start + 30 * DAY));
  });
});

describe('restored buckets', () => {
  it.each(['fixed', 'sliding'] as const)('count as if the process had never ended (%s)', (algorithm) => {
    const before = createCounters();
    const limit = windowOf({ algorithm });
    const taken = [0, 1].map((i) => held(before.reserve(OWNER, [limit], MIDNIGHT + i)).taken[0]);
    const after = createCounters();
    for (const bucket of taken) if (bucket !== undefined) after.restore(bucket);
    held(after.reserve(OWNER, [limit], MIDNIGHT + 2));
    const refusal = refused(after.reserve(OWNER, [limit], MIDNIGHT + 2));
    expect(refusal.used).toBe(3);
    held(after.reserve(OWNER, [limit], refusal.resetsAt ?? Number.NaN));
  });

  it('of a clock that was wrong before the restart do not count for longer than their window', () => {
    const [taken] = held(createCounters().reserve(OWNER, [ONE], MIDNIGHT + 400 * DAY)).taken;
    const counters = createCounters();
    if (taken !== undefined) counters.restore(taken);
    refused(counters.reserve(OWNER, [ONE], MIDNIGHT));
    held(counters.reserve(OWNER, [ONE], MIDNIGHT + 60_000));
  });

  it('are additive, and those given back in full count nothing', () => {
    const counters = createCounters();
    const [taken] = held(createCounters().reserve(OWNER, [ONE], MIDNIGHT)).taken;
    if (taken === undefined) throw new Error('nothing taken');
    counters.restore({ ...taken, amount: 0 });
    held(counters.reserve(OWNER, [ONE], MIDNIGHT)).release();
    counters.restore({ ...taken, amount: 0.5 });
    counters.restore({ ...taken, amount: 0.5 });
    expect(refused(counters.reserve(OWNER, [ONE], MIDNIGHT)).used).toBe(1);
  });
});
