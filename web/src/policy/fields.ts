/** The arguments that a tool's input schema names, as paths that conditions can use. */
import { isObject } from '../../../src/json.ts';
import type { JsonSchema } from '../api/types.ts';

export type FieldKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'enum'
  | 'url'
  | 'path'
  | 'email'
  | 'list'
  | 'object'
  | 'any';

export interface ArgumentField {
  /** Such as `args.items[*].price`. */
  readonly path: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly description: string;
  readonly values: readonly unknown[];
}

const MOST_DEPTH = 4;
const MOST_FIELDS = 300;

/** Where conditions find a top-level argument. */
export function argumentPath(name: string): string {
  return `args${step(name)}`;
}

export function argumentFields(schema: JsonSchema | undefined): readonly ArgumentField[] {
  const fields: ArgumentField[] = [];
  collect(schema, 'args', 0, fields);
  return fields;
}

function collect(schema: JsonSchema | undefined, path: string, depth: number, fields: ArgumentField[]): void {
  if (!isSchema(schema) || depth > MOST_DEPTH || !isObject(schema.properties)) return;
  const required = Array.isArray(schema.required) ? schema.required : [];
  for (const [name, member] of Object.entries(schema.properties)) {
    if (fields.length >= MOST_FIELDS) return;
    const field = path + step(name);
    add(member, field, name, required.includes(name), fields);
    const real = resolved(member);
    collect(real, field, depth + 1, fields);
    if (!isSchema(real.items)) continue;
    add(real.items, `${field}[*]`, name, false, fields);
    collect(real.items, `${field}[*]`, depth + 1, fields);
  }
}

function add(schema: unknown, path: string, name: string, required: boolean, fields: ArgumentField[]): void {
  const real = resolved(schema);
  const { description = '' } = real;
  const values = valuesOf(real);
  const kind = kindOf(real, name);
  fields.push({
    path,
    kind,
    required,
    description: typeof description === 'string' ? description : '',
    values,
  });
}

/** The first alternative that is not null. */
function resolved(schema: unknown): JsonSchema {
  if (!isSchema(schema)) return {};
  const options = schema.anyOf ?? schema.oneOf;
  const first = Array.isArray(options)
    ? (options as readonly unknown[]).find((one) => isSchema(one) && one.type !== 'null')
    : undefined;
  return isSchema(first)
    ? { ...schema, ...first, description: schema.description ?? first.description ?? '' }
    : schema;
}

function valuesOf(schema: JsonSchema): readonly unknown[] {
  if (Array.isArray(schema.enum)) return schema.enum as readonly unknown[];
  return schema.const === undefined ? [] : [schema.const];
}

function kindOf(schema: JsonSchema, name: string): FieldKind {
  if (valuesOf(schema).length > 0) return 'enum';
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'boolean';
  if (type === 'array') return 'list';
  if (type === 'object') return 'object';
  if (type !== 'string') return 'any';
  if (schema.format === 'uri' || schema.format === 'url' || /ur[il]$|^href$|endpoint|webhook/i.test(name))
    return 'url';
  if (schema.format === 'email' || /e_?mail|recipient/i.test(name)) return 'email';
  return /path$|^(file|dir|directory|folder|cwd|root)$|_?file_?name$/i.test(name) ? 'path' : 'text';
}

function step(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function isSchema(value: unknown): value is JsonSchema {
  return isObject(value);
}
