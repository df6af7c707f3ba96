import { show } from '../values/show.ts';
import { eq } from './eq.ts';
import { negated } from './operator.ts';

export const neq = negated(eq, {
  describes: 'The value is present and differs from the given one.',
  says: (unwanted) => `is not ${show(unwanted)}`,
});
