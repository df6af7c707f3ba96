/**
 * A tool definition, made safe to look at: every member is checked, and nothing is read beyond fixed bounds, so that a
 * definition of any size and shape costs about the same. What lies beyond the bounds can raise no evidence.
 */
import { asObject, type Json, type JsonObject } from '../../json.ts';
import type { ToolDefinition } from '../types.ts';
import { nameWords } from './tokens.ts';

const MOST_TEXT = 12_000;
const MOST_PARAMETERS = 200;
const DEEPEST = 4;
const MOST_VALUES = 64;

export interface Parameter {
  /** `inputSchema.properties.a.properties.b` */
  readonly place: string;
  readonly name: string;
  readonly words: readonly string[];
  readonly description: string;
  /** JSON Schema types, `array` included; empty when unknown. */
  readonly types: readonly string[];
  /** Allowed values that are strings. */
  readonly values: readonly string[];
  readonly format: string;
  /** 0 for a direct argument of the call. */
  readonly depth: number;
}

export interface ReadTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly annotations: JsonObject;
  /** Whether there is more than a name. */
  readonly described: boolean;
}

export function readDefinition(definition: ToolDefinition): ReadTool {
  const annotations = asObject(definition.annotations);
  const description = asText(definition.description, MOST_TEXT);
  const parameters: Parameter[] = [];
  collect(asObject(definition.inputSchema), 'inputSchema', 0, parameters);
  return {
    name: asText(definition.name, 256),
    title: asText(definition.title, 256) || asText(annotations.title, 256),
    description,
    parameters,
    annotations,
    described: description !== '' || parameters.length > 0,
  };
}

function collect(schema: JsonObject, place: string, depth: number, found: Parameter[]): void {
  const properties = asObject(schema.properties);
  for (const name in properties) {
    if (!Object.hasOwn(properties, name)) continue;
    if (found.length >= MOST_PARAMETERS) return;
    const property = asObject(properties[name]);
    const here = `${place}.properties.${name.slice(0, 128)}`;
    found.push(parameter(name.slice(0, 128), property, here, depth));
    if (depth + 1 >= DEEPEST) continue;
    collect(property, here, depth + 1, found);
    collect(asObject(property.items), `${here}.items`, depth + 1, found);
    for (const branch of branches(property)) collect(branch, here, depth + 1, found);
  }
  if (depth === 0) for (const branch of branches(schema)) collect(branch, place, 1, found);
}

function parameter(name: string, property: JsonObject, place: string, depth: number): Parameter {
  const types: string[] = [];
  const values: string[] = [];
  for (const one of [property, asObject(property.items), ...branches(property)]) {
    if (typeof one.type === 'string') types.push(one.type);
    else if (Array.isArray(one.type)) types.push(...one.type.filter((type) => typeof type === 'string'));
    if (typeof one.const === 'string') values.push(one.const.slice(0, 64));
    if (Array.isArray(one.enum))
      for (const value of one.enum.slice(0, MOST_VALUES))
        if (typeof value === 'string') values.push(value.slice(0, 64));
  }
  return {
    place,
    name,
    words: nameWords(name),
    description: asText(property.description, 400),
    types,
    values: values.slice(0, MOST_VALUES),
    format: asText(property.format, 32),
    depth,
  };
}

function branches(schema: JsonObject): JsonObject[] {
  const found: JsonObject[] = [];
  for (const list of [schema.anyOf, schema.oneOf, schema.allOf])
    if (Array.isArray(list)) for (const one of list.slice(0, 16)) found.push(asObject(one));
  return found;
}

function asText(value: Json | undefined, most: number): string {
  return typeof value === 'string' ? value.slice(0, most) : '';
}
