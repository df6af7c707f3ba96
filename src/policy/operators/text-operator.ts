/** What operators on strings share: anything that is not a string cannot be judged. */
import * as z from 'zod';
import { show } from '../values/show.ts';
import { operator, type Operator } from './operator.ts';

export function textOperator(verb: string, describes: string, compile: (wanted: string) => (text: string) => boolean): Operator {
  return operator({
    describes,
    value: z.string(),
    compile: (wanted) => {
      const test = compile(wanted);
      return (value) => (typeof value === 'string' ? test(value) : undefined);
    },
    says: (wanted) => `${verb} ${show(wanted)}`,
  });
}
