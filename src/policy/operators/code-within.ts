/** code_within: the text stays within what the rules permit. It is read before the verdict (`readCode`); here only the result is looked up. */
import { codeOperand } from '../code/operand.ts';
import type { CodeRules } from '../code/types.ts';
import type { Operator } from './operator.ts';

export const codeWithin: Operator = {
  name: 'code_within',
  negative: false,
  operand: codeOperand,
  prepare: (rules: CodeRules) => (value, facts) =>
    typeof value === 'string' ? facts.code?.get(rules)?.get(value)?.holds : undefined,
};
