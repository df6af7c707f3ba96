import type { Json } from '../../json.ts';
import { isInexact } from '../values/judgeable.ts';
import { jsonEqual } from '../values/json-equal.ts';
import { show } from '../values/show.ts';
import { anyJson } from './any-json.ts';
import { operator, type Judge } from './operator.ts';

export const eq = operator({
  describes: 'The value equals the given one: deep JSON equality without coercion, so 1 is not "1".',
  value: anyJson,
  compile: equals,
  says: (wanted) => `is ${show(wanted)}`,
});

function equals(wanted: Json): Judge {
  if (typeof wanted === 'object' && wanted !== null) return (value) => jsonEqual(value, wanted);
  return (value) => (value === wanted ? true : isInexact(value) ? undefined : false);
}
