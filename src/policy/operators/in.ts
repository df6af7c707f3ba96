import * as z from 'zod';
import type { Json } from '../../json.ts';
import { isInexact } from '../values/judgeable.ts';
import { jsonEqual } from '../values/json-equal.ts';
import { showList } from '../values/show.ts';
import { anyJson } from './any-json.ts';
import { operator, type Judge } from './operator.ts';

export const oneOf = operator({
  describes: 'The value equals one of the listed ones.',
  value: z.array(anyJson).min(1),
  compile: isAmong,
  says: (wanted) => `is ${showList(wanted)}`,
});

function isAmong(wanted: readonly Json[]): Judge {
  const flat = new Set<Json>(wanted.filter((item) => typeof item !== 'object' || item === null));
  const deep = wanted.filter((item) => typeof item === 'object' && item !== null);
  return (value) => {
    if (isInexact(value)) return undefined;
    if (typeof value !== 'object' || value === null) return flat.has(value);
    let result: boolean | undefined = false;
    for (const item of deep) {
      const equal = jsonEqual(value, item);
      if (equal === true) return true;
      if (equal === undefined) result = undefined;
    }
    return result;
  };
}
