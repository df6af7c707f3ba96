import type { Json } from '../../json.ts';
import type { Shape } from '../shape.ts';
import type { CallFacts } from '../types.ts';

/** True: holds; false: does not; undefined: the value is of a kind that the operator cannot judge. */
export type Judge = (value: Json, facts: CallFacts) => boolean | undefined;

export interface Operator {
  readonly name: string;
  /** A negative operator counts a missing value against the call in every rule. */
  readonly negative: boolean;
  /** What the condition's `value` must be. */
  readonly operand: Shape;
  /** More that can be wrong with an operand of the right shape. */
  readonly problem?: (operand: never) => string | undefined;
  /** What is legal in an operand but surely not meant. */
  readonly doubt?: (operand: never) => string | undefined;
  /** Steps that its patterns compile to, about; a policy may have only so many. */
  patternSteps?(operand: never): number;
  /** Compiled once for each condition. */
  prepare(operand: never): Judge;
  /** Judges absence itself (`exists` only). */
  readonly absent?: (operand: never) => boolean;
}

/** The operator that holds when another one does not. */
export function negated(operator: Operator, name: string): Operator {
  return {
    ...operator,
    name,
    negative: true,
    prepare(operand) {
      const judge = operator.prepare(operand);
      return (value, facts) => {
        const result = judge(value, facts);
        return result === undefined ? undefined : !result;
      };
    },
  };
}
