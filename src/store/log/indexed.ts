/**
 * A text as it is stored for searching. Names come from callers, and neither database keeps U+0000 in a text: PostgreSQL
 * refuses the row, which would hold up the log, and SQLite cuts the text off. The line has the name as it was.
 */
export function indexed(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
