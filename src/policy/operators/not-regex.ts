import { show } from '../values/show.ts';
import { negated } from './operator.ts';
import { regex } from './regex.ts';

export const notRegex = negated(regex, {
  describes: 'The pattern is found nowhere in the string.',
  says: (pattern) => `does not match ${show(pattern)}`,
});
