import { show } from '../values/show.ts';
import { contains } from './contains.ts';
import { negated } from './operator.ts';

export const notContains = negated(contains, {
  describes: 'The string does not contain the given one, or no element of the array equals it.',
  says: (unwanted) => `does not contain ${show(unwanted)}`,
});
