/** What `lt`, `lte`, `gt` and `gte` share: both sides are numbers that doubles hold exactly. */
import * as z from 'zod';
import { isJudgeableNumber } from '../values/judgeable.ts';
import { operator, type Operator } from './operator.ts';

export function comparison(words: string, holds: (left: number, right: number) => boolean): Operator {
  return operator({
    describes: `The value is a number ${words} the given one.`,
    value: z.number(),
    compile: (right) => (left) => (typeof left === 'number' && isJudgeableNumber(left) ? holds(left, right) : undefined),
    says: (right) => `is ${words} ${right}`,
  });
}
