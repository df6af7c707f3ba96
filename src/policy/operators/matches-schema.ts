import * as z from 'zod';
import type { Json } from '../../json.ts';
import { compileSchema } from '../values/json-schema-check.ts';
import { holdsInexact } from '../values/judgeable.ts';
import { operator, type Judge } from './operator.ts';

const schema = z.union([z.boolean(), z.record(z.string(), z.unknown())]).superRefine((value, context) => {
  const compiled = compileSchema(value as Json);
  if ('trouble' in compiled) context.addIssue({ code: 'custom', message: compiled.trouble });
}) as unknown as z.ZodType<Json>;

export const matchesSchema = operator({
  describes: 'The value fits the JSON Schema (2020-12).',
  value: schema,
  compile: fits,
  says: () => 'fits the JSON Schema of the rule',
});

function fits(value: Json): Judge {
  const compiled = compileSchema(value);
  return (actual) => {
    if ('trouble' in compiled || holdsInexact(actual)) return undefined;
    try {
      return compiled.check(actual);
    } catch {
      // A schema that refers to itself without end exhausts the stack.
      return undefined;
    }
  };
}
