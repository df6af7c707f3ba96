import * as z from 'zod';
import { operator } from './operator.ts';

/** The only operator that judges absence; null counts as absent. */
export const exists = operator({
  describes: 'true: the value is present and not null; false: it is absent or null.',
  value: z.boolean(),
  compile: (wanted) => (value) => (value !== null) === wanted,
  judgesAbsence: (wanted) => !wanted,
  says: (wanted) => (wanted ? 'is present' : 'is absent'),
});
