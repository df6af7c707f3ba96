/** exists, length_*, type_is. */
import { ExactNumber, type Json } from '../../json.ts';
import { flag, oneOf, plain } from '../shape.ts';
import type { Operator } from './operator.ts';

export const exists: Operator = {
  name: 'exists',
  negative: false,
  operand: flag,
  prepare: (wanted: boolean) => (value) => (value !== null) === wanted,
  absent: (wanted: boolean) => !wanted,
};

const size = plain(
  'a whole number from 0',
  { type: 'integer', minimum: 0 },
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);

/** Code points of a string, elements of an array, members of an object. */
function lengthOf(value: Json): number | undefined {
  if (typeof value === 'string') return codePoints(value);
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null && !(value instanceof ExactNumber))
    return Object.keys(value).length;
  return undefined;
}

function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0xd800 && code <= 0xdbff) {
      count -= 1;
      index += 1;
    }
  }
  return count;
}

const ofLength = (name: string, holds: (length: number, bound: number) => boolean): Operator => ({
  name,
  negative: false,
  operand: size,
  prepare: (bound: number) => (value) => {
    const length = lengthOf(value);
    return length === undefined ? undefined : holds(length, bound);
  },
});

export const lengthLt = ofLength('length_lt', (length, bound) => length < bound);
export const lengthLte = ofLength('length_lte', (length, bound) => length <= bound);
export const lengthGt = ofLength('length_gt', (length, bound) => length > bound);
export const lengthGte = ofLength('length_gte', (length, bound) => length >= bound);

export const typeIs: Operator = {
  name: 'type_is',
  negative: false,
  operand: oneOf('string', 'number', 'integer', 'boolean', 'object', 'array', 'null'),
  prepare: (wanted: string) => (value) => {
    if (value instanceof ExactNumber)
      return wanted === 'number' ? true : wanted === 'integer' ? undefined : false;
    if (wanted === 'integer') return Number.isInteger(value);
    if (value === null) return wanted === 'null';
    return (Array.isArray(value) ? 'array' : typeof value) === wanted;
  },
};
