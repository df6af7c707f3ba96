/**
 * Makes foreign text fit to be shown anywhere. What does not print, or steers how other text prints, becomes its code
 * point in brackets, so that it is seen and does nothing. Findings hold only such text; formats add their own escapes.
 */
const HIDDEN =
  /\p{Cc}|\p{Cf}|\p{Co}|\p{Cn}|\p{Zl}|\p{Zp}|[\u115f\u1160\u3164\uffa0]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;

/** @param most characters at most; what is cut is counted */
export function shown(text: string, most = 160): string {
  // Clipped before anything is replaced: ten megabytes are not worth rewriting.
  const head = text.length > most ? text.slice(0, most) : text;
  const clean = head
    .toWellFormed()
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(HIDDEN, (char) => `[U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`)
    .trim();
  return text.length > most ? `${clean}… (${text.length} characters)` : clean;
}

/** The words around a match. */
export function around(text: string, start: number, end: number, most = 160): string {
  const room = Math.max(0, Math.floor((most - (end - start)) / 2));
  const from = Math.max(0, start - room);
  const to = Math.min(text.length, Math.max(end, start + 1) + room, from + most);
  return `${from > 0 ? '…' : ''}${shown(text.slice(from, to), most)}${to < text.length ? '…' : ''}`;
}
