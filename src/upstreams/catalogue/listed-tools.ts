/** Tool definitions as an upstream spelled them, and as values that are judged by. */
import { objectOf, type Json, type JsonObject } from '../../json.ts';
import { locateElements, parseStrict } from '../../wire/index.ts';
import type { ListedTool } from './types.ts';

export interface ListedPage {
  readonly items: readonly ListedTool[];
  /** Elements that cannot be read, and are left out of `items`. */
  readonly unreadable: number;
}

/**
 * The tools of a `tools/list` response; undefined when it holds no list.
 * @param member what the list is called in other `…/list` responses
 */
export function listedTools(response: Buffer, member = 'tools'): ListedPage | undefined {
  const spans = locateElements(response, ['result', member]);
  if (spans === undefined) return undefined;
  const items = spans.flatMap(({ start, end }) => {
    const text = response.toString('utf8', start, end);
    const value = readDefinition(text);
    return value === undefined ? [] : [{ value, text }];
  });
  return { items, unreadable: spans.length - items.length };
}

/** A definition's value, numbers beyond doubles kept exact; undefined when parsers could disagree on it, or when it is no object. */
export function readDefinition(text: string): JsonObject | undefined {
  let value: Json;
  try {
    ({ value } = parseStrict(Buffer.from(text), { caseSensitiveAt: [] }));
  } catch {
    return undefined;
  }
  return objectOf(value);
}
