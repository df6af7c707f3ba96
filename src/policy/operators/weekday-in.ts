import * as z from 'zod';
import { showList } from '../values/show.ts';
import { operator } from './operator.ts';

const DAY_MS = 86_400_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** 1970-01-01 was a Thursday. */
const EPOCH_DAY = 3;

export const weekdayIn = operator({
  describes: 'The day of the week (UTC) is one of the listed ones.',
  value: z.array(z.enum(DAYS)).min(1),
  takes: ({ root }) => root === 'time.utc',
  compile: (days) => {
    const wanted = new Set<string>(days);
    return (now) => (typeof now === 'number' ? wanted.has(DAYS[(((Math.floor(now / DAY_MS) + EPOCH_DAY) % 7) + 7) % 7]!) : undefined);
  },
  says: (days) => `falls on ${showList(days)} (UTC)`,
});
