/** Other people's text, made fit to be stored and shown: no control characters, nothing that turns reading order, no half surrogate pairs. */

/** Everything that steers terminals or reading order or cannot be seen: tags, overrides, isolates, zero-width characters but the joiners of emoji and Indic scripts. */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- control characters are what it is for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

/** Lines stay. @param most characters (UTF-16 code units); what is over is cut off and shown by an ellipsis */
export function cleanText(text: string, most: number): string {
  // A bounded piece first: replacing in ten megabytes to keep some hundred characters would take seconds.
  const piece = text
    .slice(0, 2 * most)
    .toWellFormed()
    .replace(INVISIBLE, ' ');
  const trimmed = piece.trim();
  if (trimmed.length <= most && text.length <= 2 * most) return trimmed;
  return `${trimmed
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`;
}

/** One line, blanks collapsed. */
export function cleanLine(text: string, most: number): string {
  const line = cleanText(text.slice(0, 8 * most).replace(/\s+/g, ' '), most);
  return line.replace(/ {2,}/g, ' ');
}
