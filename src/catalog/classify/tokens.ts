/**
 * Text to lower-case words in one pass. No pattern can make it slow: every character is looked at a bounded number of times.
 */

/** Letters and digits of any script; accents are taken off where the text is not plain ASCII. */
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;
const ASCII = /^[\u0000-\u007f]*$/;
const CAMEL = /([a-z0-9])([A-Z])/g;
const ACRONYM = /([A-Z]+)([A-Z][a-z])/g;

/** `deleteUserFile`, `delete_user-file`, `files.delete` → their words, at most 24. */
export function nameWords(name: string): string[] {
  const spaced = plain(name.slice(0, 256)).replace(CAMEL, '$1 $2').replace(ACRONYM, '$1 $2');
  return (spaced.toLowerCase().match(WORD) ?? []).slice(0, 24);
}

/** The words of a text, in order. */
export function textWords(text: string): string[] {
  return plain(text).toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
}

/** Without accents, so that one table serves `löschen` and `loschen`. */
function plain(text: string): string {
  return ASCII.test(text)
    ? text
    : text
        .normalize('NFD')
        .replace(/\p{M}+/gu, '')
        .normalize('NFC');
}

const SENTENCE_END = /[.!?。！？;；\n\r]/;

const QUOTED = /`[^`\n]{0,80}`|"[^"\n]{0,80}"|“[^”\n]{0,80}”/g;

/** Without what stands in quotation marks or back ticks: it names other tools, values and examples. */
export function unquoted(text: string): string {
  return text.replace(QUOTED, ' … ');
}

/** The first sentences of a text, at most `most` of them. */
export function sentences(text: string, most: number): string[] {
  const found: string[] = [];
  let start = 0;
  for (let index = 0; index <= text.length && found.length < most; index += 1) {
    const end =
      index === text.length ||
      (SENTENCE_END.test(text[index] as string) && (text[index] !== '.' || isBreak(text, index)));
    if (!end) continue;
    const sentence = text.slice(start, index).trim();
    if (sentence !== '') found.push(sentence);
    start = index + 1;
  }
  return found;
}

/** A full stop between two letters or digits (`1.5`, `example.com`, `e.g.`) ends nothing. */
function isBreak(text: string, index: number): boolean {
  const next = text[index + 1];
  if (next !== undefined && next !== ' ' && next !== '\n' && next !== '\r') return false;
  return (
    text[index - 2] !== '.' && !/\b(?:e\.?g|i\.?e|vs|etc)$/i.test(text.slice(Math.max(0, index - 4), index))
  );
}
