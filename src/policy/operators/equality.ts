/** eq, neq, in, not_in: deep JSON equality. */
import type { Json } from '../../json.ts';
import { equalJson, equalsAny } from '../json-equality.ts';
import { anything, list } from '../shape.ts';
import { negated, type Operator } from './operator.ts';

export const eq: Operator = {
  name: 'eq',
  negative: false,
  operand: anything,
  prepare: (operand: Json) => {
    if (typeof operand === 'string') return (value) => value === operand;
    return (value) => equalJson(value, operand);
  },
};
export const neq = negated(eq, 'neq');

export const isIn: Operator = {
  name: 'in',
  negative: false,
  operand: list(anything, { min: 1 }),
  prepare: (operand: readonly Json[]) => {
    const texts = operand.every((item) => typeof item === 'string') ? new Set<Json>(operand) : undefined;
    if (texts !== undefined) return (value) => texts.has(value);
    return (value) => equalsAny(value, operand);
  },
};
export const notIn = negated(isIn, 'not_in');
