import * as z from 'zod';
import { ExactNumber, type Json } from '../../json.ts';
import { operator } from './operator.ts';

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;

export const typeIs = operator({
  describes: 'The value is of the given JSON type; an integer is a number too.',
  value: z.enum(TYPES),
  compile: (wanted) => (value) => {
    const type = typeOf(value);
    if (wanted !== 'integer' || type !== 'number') return type === wanted;
    if (!(value instanceof ExactNumber)) return Number.isInteger(value);
    return /^-?\d+$/.test(value.text) ? true : undefined;
  },
  says: (wanted) => `is of type ${wanted}`,
});

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (value instanceof ExactNumber) return 'number';
  return Array.isArray(value) ? 'array' : typeof value;
}
