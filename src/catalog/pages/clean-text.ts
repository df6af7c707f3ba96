/** Texts of others, made fit to stand on a page. The cost is bounded by `most`, however long the text is. */

/** Control and format characters (overrides of direction, zero widths, tags), private use and halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]+/gu;
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;

/** One line, nothing invisible in it, at most `most` UTF-16 units; ends with an ellipsis where it was cut, between words if it can. */
export function cleanText(text: string, most: number): string {
  // Twice as much is looked at, so that blanks that are thrown away do not shorten what is shown.
  const line = text
    .slice(0, most * 2 + 64)
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(UNSEEN, '')
    .replace(PILED_MARKS, '$1')
    .trim();
  if (line.length <= most) return text.length > most * 2 + 64 ? cut(line, most) : line;
  return cut(line, most);
}

function cut(line: string, most: number): string {
  const room = line.slice(0, most - 1);
  const blank = room.lastIndexOf(' ');
  const kept = blank > most * 0.7 ? room.slice(0, blank) : room;
  return `${kept.replace(/[\s,;:–—-]+$/u, '').replace(/[\uD800-\uDBFF]$/, '')}…`;
}
