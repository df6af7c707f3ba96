/** The same few names of arguments and keys of counters come with every call. */

const LONGEST_KEPT = 256;
const MOST_KEPT = 4_096;

const known = new Map<string, string>();

/** The JSON text of a string. */
export function quoted(text: string): string {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const made = JSON.stringify(text);
  if (text.length <= LONGEST_KEPT && known.size < MOST_KEPT) known.set(text, made);
  return made;
}
