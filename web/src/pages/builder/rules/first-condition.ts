import type { Comparison } from '../../../../../src/policy/document.ts';
import type { ArgumentField } from '../../../policy/fields.ts';
import { firstValue, operatorsFor } from '../../../policy/operators.ts';

/** A condition to begin with, on the first argument that there is or on the one given. */
export function firstCondition(fields: readonly ArgumentField[], field = fields[0]): Comparison {
  if (field === undefined) return { path: 'args.name', op: 'eq', value: '' };
  const op = operatorsFor(field.kind)[0]!;
  return { path: field.path, op, value: firstValue(op, field.kind, field.values) };
}
