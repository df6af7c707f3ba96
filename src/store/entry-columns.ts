/** How an entry lies in its table. */
import type { EntryRow } from './types.ts';

export const ENTRY_COLUMNS = [
  'chain',
  'seq',
  'kind',
  'id',
  'at',
  'organization',
  'server',
  'grant_id',
  'tool',
  'method',
  'outcome',
  'rule',
  'line',
] as const;

/** In the order of `ENTRY_COLUMNS`. */
export function entryValues(row: EntryRow): (string | number | null)[] {
  return [
    row.chain,
    row.seq,
    row.kind,
    indexed(row.id),
    row.at,
    row.organization,
    indexed(row.server),
    indexed(row.grantId),
    indexed(row.tool),
    indexed(row.method),
    indexed(row.outcome),
    indexed(row.rule),
    row.line,
  ];
}

/**
 * A text as it is stored for searching. Names come from callers, and neither database keeps U+0000 in a text: PostgreSQL
 * refuses the row, which would hold up the log, and SQLite cuts the text off. The line has the name as it was.
 */
export function indexed<Text extends string | null>(text: Text): Text {
  return (text === null ? text : text.replaceAll('\0', '\uFFFD')) as Text;
}
