/** Tool definitions as an upstream spelled them, and as values that are judged by. */
import type { Json, JsonObject } from '../../json.ts';
import { locateElements, parseStrict } from '../../wire/index.ts';
import type { ListedTool } from './types.ts';

/** The tools of a `tools/list` response; undefined when it holds no list. Elements that cannot be read are left out. */
export function listedTools(response: Buffer): readonly ListedTool[] | undefined {
  const spans = locateElements(response, ['result', 'tools']);
  return spans?.flatMap(({ start, end }) => {
    const text = response.toString('utf8', start, end);
    const value = readDefinition(text);
    return value === undefined ? [] : [{ value, text }];
  });
}

/** A definition's value, numbers beyond doubles kept exact; undefined when parsers could disagree on it, or when it is no object. */
export function readDefinition(text: string): JsonObject | undefined {
  let value: Json;
  try {
    ({ value } = parseStrict(Buffer.from(text), { caseSensitiveAt: [] }));
  } catch {
    return undefined;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}
