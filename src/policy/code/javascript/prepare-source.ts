/** Elements `a[i]` and `this.a[i]`, at least one bracket or dot each: names alone would be bound anew. */
const ELEMENT = String.raw`[\w$]+(?:\.#?[\w$]+)*(?:\[[^\[\]{};=]*(?:\[[^\[\]{};=]*\][^\[\]{};=]*)*\]|\.#?[\w$]+)`;
const SWAP = new RegExp(String.raw`(\[\s*${ELEMENT}(?:\s*,\s*${ELEMENT})*\s*\]\s*)=(?=\s*\[)`, 'g');

/**
 * `[a[i], a[j]] = [a[j], a[i]]` is missing in the grammar; read as a sequence, it names, computes and lets escape the same values.
 * @returns text of the same length
 */
export function prepareSource(text: string): string {
  return text.includes('] = [') || text.includes(']=[') ? text.replace(SWAP, '$1,') : text;
}
