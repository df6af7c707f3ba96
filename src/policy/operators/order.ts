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
  prepare: ([from, to]: readonly [Bound, Bound]) => {
    if (typeof from === 'number' || typeof to === 'number') {
      return (value) =>
        typeof value === 'number' && isSafe(value) ? value >= Number(from) && value <= Number(to) : undefined;
    }
    if (CLOCK.test(from)) {
      return (value) => {
        const time = typeof value === 'string' ? /T(\d\d:\d\d)/.exec(value)?.[1] : undefined;
        if (time === undefined) return undefined;
        return from <= to ? time >= from && time < to : time >= from || time < to;
      };
    }
    return (value) => {
      const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      return Number.isNaN(time) ? undefined : time >= Date.parse(from) && time < Date.parse(to);
    };
  },
};

function kindOf(bound: unknown): string | undefined {
  if (typeof bound === 'number') return isSafe(bound) ? 'number' : undefined;
  if (typeof bound !== 'string') return undefined;
  if (CLOCK.test(bound)) return 'clock';
  return /^\d{4}-\d\d-\d\d/.test(bound) && !Number.isNaN(Date.parse(bound)) ? 'time' : undefined;
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

export const weekdayIn: Operator = {
  name: 'weekday_in',
  negative: false,
  operand: list(oneOf(...DAYS), { min: 1 }),
  prepare: (days: readonly string[]) => (value) => {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? undefined : days.includes(DAYS[new Date(time).getUTCDay()]!);
  },
};
