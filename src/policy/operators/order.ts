/** lt, lte, gt, gte on numbers; between on numbers and times; weekday_in on times. */
import { isSafe } from '../json-equality.ts';
import { list, oneOf, plain } from '../shape.ts';
import type { Operator } from './operator.ts';

const number = plain('a number', { type: 'number' }, (value) => typeof value === 'number' && isSafe(value));

const ordered = (name: string, holds: (value: number, bound: number) => boolean): Operator => ({
  name,
  negative: false,
  operand: number,
  prepare: (bound: number) => (value) =>
    typeof value === 'number' && isSafe(value) ? holds(value, bound) : undefined,
});

export const lt = ordered('lt', (value, bound) => value < bound);
export const lte = ordered('lte', (value, bound) => value <= bound);
export const gt = ordered('gt', (value, bound) => value > bound);
export const gte = ordered('gte', (value, bound) => value >= bound);

type Bound = number | string;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Numbers inclusive; `["22:00", "06:00"]` is a span of the day in UTC, over midnight too, its end excluded; ISO times likewise. */
export const between: Operator = {
  name: 'between',
  negative: false,
  operand: plain(
    'two numbers, two times of day ("08:00") or two ISO 8601 times',
    { type: 'array', minItems: 2, maxItems: 2 },
    (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      kindOf(value[0]) !== undefined &&
      kindOf(value[0]) === kindOf(value[1]),
  ),
  doubt: ([from, to]: readonly [Bound, Bound]) =>
    isEmpty(from, to)
      ? `nothing lies between ${JSON.stringify(from)} and ${JSON.stringify(to)}: ${from === to ? 'the end is excluded' : 'the smaller bound comes first'}`
      : undefined,
  prepare: ([from, to]: readonly [Bound, Bound]) => {
    if (typeof from === 'number' || typeof to === 'number') {
      return (value) =>
        typeof value === 'number' && isSafe(value) ? value >= Number(from) && value <= Number(to) : undefined;
    }
    if (CLOCK.test(from)) {
      return (value) => {
        const time = hasClock(value) ? new Date(instant(value)!).toISOString().slice(11, 16) : undefined;
        if (time === undefined) return undefined;
        return from <= to ? time >= from && time < to : time >= from || time < to;
      };
    }
    const [start, end] = [instantOfBound(from)!, instantOfBound(to)!];
    return (value) => {
      const time = instant(value);
      return time === undefined ? undefined : time >= start && time < end;
    };
  },
};

const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** Milliseconds; undefined for what is not a date or an exact time in ISO 8601: without an offset, readers disagree on the hour. */
function instant(value: unknown): number | undefined {
  const time = typeof value === 'string' && ISO.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function hasClock(value: unknown): value is string {
  return instant(value) !== undefined && (value as string).includes('T');
}

/** In a policy, a time without an offset is in UTC. */
function instantOfBound(bound: string): number | undefined {
  return instant(bound) ?? instant(`${bound}Z`);
}

function kindOf(bound: unknown): string | undefined {
  if (typeof bound === 'number') return isSafe(bound) ? 'number' : undefined;
  if (typeof bound !== 'string') return undefined;
  if (CLOCK.test(bound)) return 'clock';
  return instantOfBound(bound) === undefined ? undefined : 'time';
}

/** Times of the day are never in the wrong order: they go over midnight. */
function isEmpty(from: Bound, to: Bound): boolean {
  if (typeof from === 'number' || typeof to === 'number') return from > to;
  if (CLOCK.test(from)) return from === to;
  return instantOfBound(from)! >= instantOfBound(to)!;
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

export const weekdayIn: Operator = {
  name: 'weekday_in',
  negative: false,
  operand: list(oneOf(...DAYS), { min: 1 }),
  prepare: (days: readonly string[]) => (value) => {
    const time = instant(value);
    return time === undefined ? undefined : days.includes(DAYS[new Date(time).getUTCDay()]!);
  },
};
