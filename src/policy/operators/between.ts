import * as z from 'zod';
import { operator } from './operator.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const clock = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, { error: 'Expected a time of day in UTC such as "09:30".' });

export const between = operator({
  describes: 'The time of day (UTC) is from the first time on and before the second; over midnight when the second is earlier.',
  value: z.tuple([clock, clock]),
  takes: ({ root }) => root === 'time.utc',
  compile: ([from, until]) => {
    const start = minutes(from);
    const length = (minutes(until) - start + DAY_MINUTES) % DAY_MINUTES;
    return (now) => {
      if (typeof now !== 'number') return undefined;
      const minute = Math.floor(now / MINUTE_MS) - start;
      return (((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES) < length;
    };
  },
  says: ([from, until]) => `is between ${from} and ${until} UTC`,
});

function minutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}
