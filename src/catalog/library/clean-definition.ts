/**
 * A tool definition from anybody, bounded: text is cleaned, what nests too deep or is too much is left out, and a
 * definition that is still too large keeps its name, its description and the first level of its parameters.
 */
import { ExactNumber, objectOf, type Json } from '../../json.ts';
import type { ToolDefinition } from '../types.ts';
import { cleanLine, cleanText } from './clean-text.ts';

export const LONGEST_NAME = 256;
const LONGEST_TITLE = 200;
const LONGEST_DESCRIPTION = 16_384;
const LONGEST_MEMBER_TEXT = 2_000;
const DEEPEST = 12;
const MOST_MEMBERS = 200;
/** Characters of JSON. */
const LARGEST = 48 * 1024;

/** Undefined when there is no usable name. */
export function cleanDefinition(definition: ToolDefinition): ToolDefinition | undefined {
  const { name, title, description } = definition;
  const inputSchema = objectOf(definition['inputSchema']);
  const annotations = objectOf(definition['annotations']);
  const called = typeof name === 'string' ? cleanLine(name, LONGEST_NAME) : '';
  if (called === '') return undefined;
  const clean: ToolDefinition = {
    name: called,
    ...(typeof title === 'string' && title !== '' && { title: cleanLine(title, LONGEST_TITLE) }),
    ...(typeof description === 'string' &&
      description !== '' && { description: cleanText(description, LONGEST_DESCRIPTION) }),
    ...(inputSchema !== undefined && { inputSchema: bounded(inputSchema, DEEPEST) }),
    ...(annotations !== undefined && { annotations: bounded(annotations, 2) }),
  };
  for (const depth of [4, 2])
    if (inputSchema !== undefined && JSON.stringify(clean).length > LARGEST)
      return { ...clean, inputSchema: bounded(inputSchema, depth) };
  return clean;
}

/** Values below `depth` are left out, and so are members beyond the two hundredth of an object or array. */
function bounded(value: Json, depth: number): Json {
  if (typeof value === 'string') return cleanText(value, LONGEST_MEMBER_TEXT);
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value))
    return depth === 0
      ? []
      : value.slice(0, MOST_MEMBERS).map((element: Json) => bounded(element, depth - 1));
  const object = objectOf(value);
  if (object === undefined) return value;
  const members = depth === 0 ? [] : Object.entries(object).slice(0, MOST_MEMBERS);
  return Object.fromEntries(
    members.map(([name, member]) => [cleanLine(name, LONGEST_NAME), bounded(member, depth - 1)]),
  );
}
