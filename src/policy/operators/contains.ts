import type { Json } from '../../json.ts';
import { jsonEqual } from '../values/json-equal.ts';
import { show } from '../values/show.ts';
import { anyJson } from './any-json.ts';
import { operator, type Judge } from './operator.ts';

export const contains = operator({
  describes: 'The string contains the given one, or the array has an element that equals it.',
  value: anyJson,
  compile: holds,
  says: (wanted) => `contains ${show(wanted)}`,
});

function holds(wanted: Json): Judge {
  return (value) => {
    if (typeof value === 'string') return typeof wanted === 'string' ? value.includes(wanted) : undefined;
    if (!Array.isArray(value)) return undefined;
    let result: boolean | undefined = false;
    for (const element of value as readonly Json[]) {
      const equal = jsonEqual(element, wanted);
      if (equal === true) return true;
      if (equal === undefined) result = undefined;
    }
    return result;
  };
}
