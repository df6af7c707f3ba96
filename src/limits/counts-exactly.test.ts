import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCounters } from './counters.ts';
import { MIDNIGHT, OWNER, windowOf } from './samples.ts';
import type { Hold, Taken } from './types.ts';

/** Every accepted amount, by the largest time seen: what a limit promises is judged against this log alone. */
interface Accepted {
  readonly counter: number;
  readonly time: number;
  readonly amount: number;
  readonly hold: Hold;
  released: boolean;
}

interface Step {
  readonly elapsed: number;
  readonly takes: readonly { readonly counter: number; readonly amount: number }[];
  /** Which of the calls that still count to give back. */
  readonly release: number | null;
}

const WINDOW_SECONDS = 10;
const WINDOW = WINDOW_SECONDS * 1000;
const TICK = WINDOW_SECONDS;
const MAX = 7;

const amounts = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 800 }).map((cents) => cents / 100),
);
const steps = fc.array(
  fc.record({
    elapsed: fc.oneof(
      fc.integer({ min: 0, max: 3 * WINDOW }),
      fc.integer({ min: -WINDOW, max: WINDOW }),
      fc.integer({ min: -30, max: 30 }),
      fc.constant(0),
    ),
    takes: fc.array(fc.record({ counter: fc.integer({ min: 0, max: 2 }), amount: amounts }), {
      minLength: 1,
      maxLength: 3,
    }),
    release: fc.option(fc.nat(), { freq: 3 }),
  }),
  { minLength: 1, maxLength: 80 },
);

function cents(entries: readonly { amount: number }[]): number {
  return entries.reduce((sum, entry) => sum + Math.round(entry.amount * 100), 0);
}

function play(algorithm: 'fixed' | 'sliding', script: readonly Step[]): void {
  const counters = createCounters();
  const log: Accepted[] = [];
  let wall = MIDNIGHT;
  let time = Number.NEGATIVE_INFINITY;
  for (const step of script) {
    wall += step.elapsed;
    time = Math.max(time, wall);
    const counting = log.filter((entry) => !entry.released);
    const alive = (counter: number, from: number): Accepted[] =>
      counting.filter((entry) => entry.counter === counter && entry.time >= from);
    const reservations = step.takes.map((take) =>
      windowOf({
        counter: `c${take.counter}`,
        window: WINDOW_SECONDS,
        algorithm,
        amount: take.amount,
        max: MAX,
      }),
    );
    const fits = (from: number): boolean =>
      [0, 1, 2].every((counter) => {
        const wanted = step.takes.filter((take) => take.counter === counter);
        return wanted.length === 0 || cents(alive(counter, from)) + cents(wanted) <= MAX * 100;
      });
    const peeked = counters.peek(OWNER, reservations, wall);
    const answer = counters.reserve(OWNER, reservations, wall);
    const passed = 'release' in answer;
    expect(peeked === undefined).toBe(passed);
    if (algorithm === 'fixed') expect(passed).toBe(fits(Math.floor(time / WINDOW) * WINDOW));
    else {
      if (passed) expect(fits(time - WINDOW)).toBe(true);
      // Stricter than exact by no more than one tick.
      else expect(fits(time - WINDOW - TICK)).toBe(false);
    }
    if (passed) for (const take of step.takes) log.push({ ...take, time, hold: answer, released: false });
    else expect(answer.used).toBeLessThanOrEqual(MAX);

    const victim = step.release === null ? undefined : counting[step.release % Math.max(1, counting.length)];
    if (victim === undefined) continue;
    const givenBack: readonly Taken[] = victim.hold.release();
    expect(victim.hold.release()).toEqual([]);
    const group = log.filter((entry) => entry.hold === victim.hold);
    for (const entry of group) entry.released = true;
    expect(cents(givenBack)).toBeLessThanOrEqual(cents(group));
  }
}

describe('counters against a log of every accepted call', () => {
  it('lets exactly max through in each aligned window, all or nothing, and gives back exactly', () => {
    fc.assert(
      fc.property(steps, (script) => play('fixed', script)),
      { numRuns: 300 },
    );
  });

  it('never lets more than max through in any window-long span, and is at most one tick too strict', () => {
    fc.assert(
      fc.property(steps, (script) => play('sliding', script)),
      { numRuns: 300 },
    );
  });

  it('names a time to come back at which the call passes, and one tick before which it does not', () => {
    const script = fc.array(
      fc.record({ elapsed: fc.integer({ min: 0, max: WINDOW }), amount: fc.integer({ min: 1, max: 4 }) }),
      { minLength: 5, maxLength: 40 },
    );
    fc.assert(
      fc.property(script, fc.constantFrom('fixed' as const, 'sliding' as const), (calls, algorithm) => {
        const counters = createCounters();
        let now = MIDNIGHT;
        for (const call of calls) {
          now += call.elapsed;
          const reservation = windowOf({ window: WINDOW_SECONDS, algorithm, max: MAX, amount: call.amount });
          const answer = counters.reserve(OWNER, [reservation], now);
          if ('release' in answer) continue;
          const resetsAt = answer.resetsAt ?? Number.NaN;
          expect(answer.retryAfterSeconds).toBe(Math.max(1, Math.ceil((resetsAt - now) / 1000)));
          expect(counters.peek(OWNER, [reservation], resetsAt - 1)).toBeDefined();
          expect(counters.peek(OWNER, [reservation], resetsAt)).toBeUndefined();
          now = resetsAt;
        }
      }),
      { numRuns: 200 },
    );
  });
});
