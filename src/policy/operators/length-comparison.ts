/** What the four length operators share: code points of a string, elements of an array, members of an object. */
import * as z from 'zod';
import { lengthOf } from '../values/length.ts';
import { operator, type Operator } from './operator.ts';

export function lengthComparison(words: string, holds: (length: number, bound: number) => boolean): Operator {
  return operator({
    describes: `The string, array or object has ${words} the given number of characters, elements or members.`,
    value: z.int().min(0),
    compile: (bound) => (value) => {
      const length = lengthOf(value);
      return length === undefined ? undefined : holds(length, bound);
    },
    says: (bound) => `has a length of ${words} ${bound}`,
  });
}
