import * as z from 'zod';
import { compilePattern, patternTrouble } from '../values/re2.ts';
import { show } from '../values/show.ts';
import { operator } from './operator.ts';
import { refinedText } from './refined-text.ts';

export const regex = operator({
  describes: 'The pattern is found somewhere in the string: RE2 syntax, unanchored unless it says ^ and $.',
  value: refinedText(patternTrouble, z.string()),
  compile: (pattern) => {
    const finds = compilePattern(pattern);
    return (value) => (typeof value === 'string' ? finds(value) : undefined);
  },
  says: (pattern) => `matches ${show(pattern)}`,
});
