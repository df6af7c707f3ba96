import type { JsonSchema } from '../../../api/types.ts';

/** Arguments to begin with: what is required, at its default or empty. */
export function startArguments(schema: JsonSchema | undefined): Readonly<Record<string, unknown>> {
  const properties =
    typeof schema?.properties === 'object' && schema.properties !== null ? schema.properties : {};
  const required = Array.isArray(schema?.required) ? schema.required : [];
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name, member]) => required.includes(name) || member?.default !== undefined)
      .map(([name, member]) => [name, startValue(member)]),
  );
}

function startValue(schema: JsonSchema | null): unknown {
  if (schema === null || typeof schema !== 'object') return '';
  if (schema.default !== undefined) return schema.default;
  if (Array.isArray(schema.enum)) return (schema.enum as readonly unknown[])[0];
  const type: unknown = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'number' || type === 'integer') return schema.minimum ?? 0;
  if (type === 'boolean') return false;
  if (type === 'array') return [];
  return type === 'object' ? startArguments(schema) : '';
}
