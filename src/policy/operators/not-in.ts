import type { Json } from '../../json.ts';
import { showList } from '../values/show.ts';
import { oneOf } from './in.ts';
import { negated } from './operator.ts';

export const notIn = negated(oneOf, {
  describes: 'The value is present and equals none of the listed ones.',
  says: (unwanted) => `is not ${showList(unwanted as readonly Json[])}`,
});
