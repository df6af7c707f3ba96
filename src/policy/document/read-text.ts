/** Policy text to a value with the place of everything in it. Nothing is repaired: what is not plain JSON or YAML is refused. */
import type { Problem } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { MOST_BYTES } from './bounds.ts';
import type { Places } from './places.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';

/** `value` is undefined when the text is broken; `problems` may be non-empty beside a value. */
export interface Read {
  readonly value: Json | undefined;
  readonly places: Places;
  readonly problems: readonly Problem[];
}

export type PolicyFormat = 'json' | 'yaml';

/** Reads text in the given format, or in the one that its first character shows. */
export function readText(text: string, format?: PolicyFormat): Read | { readonly refused: Problem } {
  const refused = (message: string) => ({ refused: { pointer: '', message, line: 1, column: 1 } });
  if (text.length > MOST_BYTES || new TextEncoder().encode(text).length > MOST_BYTES) return refused(`Expected at most ${MOST_BYTES} bytes.`);
  if (text.startsWith('\uFEFF')) return refused('Expected text without a byte order mark; save the file as plain UTF-8.');
  if (text.includes('\u0000')) return refused('Expected text in UTF-8, got a NUL character.');
  if (text.trim() === '') return refused('Expected a policy document, got nothing.');
  return (format ?? formatOf(text)) === 'json' ? readJson(text) : readYaml(text);
}

function formatOf(text: string): PolicyFormat {
  return /^\s*[{[]/.test(text) ? 'json' : 'yaml';
}
