import { asObject, objectOf, type Json } from '../../json.ts';
import type { ToolDefinition } from '../types.ts';
import { cleanLine } from './clean-text.ts';
import type { CatalogParameter } from './types.ts';

const MOST = 200;
const LONGEST_TYPE = 60;

/** The first level of an input schema, as a table shows it: `string`, `string[]`, `string | null`, `enum`, `any`. */
export function parametersOf(definition: ToolDefinition): CatalogParameter[] {
  const schema = asObject(definition['inputSchema']);
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  return Object.entries(asObject(schema['properties']))
    .slice(0, MOST)
    .map(([name, parameter]) => ({
      name,
      type: cleanLine(typeOf(parameter, 1), LONGEST_TYPE),
      required: required.has(name),
    }));
}

function typeOf(schema: Json, depth: number): string {
  const object = objectOf(schema);
  if (object === undefined) return 'any';
  const { type, items } = object;
  if (Array.isArray(object['enum'])) return 'enum';
  if (type === 'array') return depth > 0 && items !== undefined ? `${typeOf(items, depth - 1)}[]` : 'array';
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return type.filter((one) => typeof one === 'string').join(' | ') || 'any';
  const choices = object['anyOf'] ?? object['oneOf'];
  if (Array.isArray(choices) && depth > 0)
    return [...new Set(choices.slice(0, 8).map((one: Json) => typeOf(one, depth - 1)))].join(' | ') || 'any';
  return 'any';
}
