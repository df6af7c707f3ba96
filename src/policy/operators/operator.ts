/** What every operator is made of. */
import type * as z from 'zod';
import type { Json } from '../../json.ts';
import type { Path } from '../paths/path.ts';

/** Judges a present value. Undefined: it cannot be judged, which counts against the call. */
export type Judge = (value: Json) => boolean | undefined;

interface Spec<Value> {
  /** What the operator tests, for the JSON Schema and editors. */
  readonly describes: string;
  /** Holds for what is different or absent from something: a missing value then counts against the call in every kind of rule. */
  readonly negative?: true;
  /** The kind of `value` that it takes. */
  readonly value: z.ZodType<Value>;
  readonly compile: (value: Value) => Judge;
  /** How a missing value is judged; only `exists` does. */
  readonly judgesAbsence?: (value: Value) => boolean;
  /** The condition in words, after the path: `is at most 60`. */
  readonly says: (value: Value) => string;
  /** Paths that it takes, when not every one but time.utc. */
  readonly takes?: (path: Path) => boolean;
}

/** An operator as the tables hold it: `value` has passed the operator's own schema before it arrives here. */
export interface Operator extends Omit<Spec<Json>, 'value'> {
  readonly value: z.ZodType;
}

export function operator<Value>(spec: Spec<Value>): Operator {
  return spec as unknown as Operator;
}

/** The operator that holds when the other one does not, with the same idea of what cannot be judged. */
export function negated(positive: Operator, parts: { describes: string; says: (value: Json) => string }): Operator {
  return {
    ...positive,
    ...parts,
    negative: true,
    compile: (value) => {
      const judge = positive.compile(value);
      return (actual) => {
        const judged = judge(actual);
        return judged === undefined ? undefined : !judged;
      };
    },
  };
}
