/** Keyset paging: a page goes on after the last key of the one before, so nothing is skipped or shown twice when rows come and go. */
import { z } from 'zod';
import { invalid } from '../registry/index.ts';

const DEFAULT_LIMIT = 50;

export const pageQuery = z.strictObject({
  limit: z.coerce
    .number('Expected an integer from 1 to 500.')
    .int('Expected an integer from 1 to 500.')
    .min(1, 'Expected an integer from 1 to 500.')
    .max(500, 'Expected an integer from 1 to 500.')
    .optional(),
  cursor: z.string().max(2000).optional(),
});

export type PageQuery = z.output<typeof pageQuery>;

export function pageShape<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}

/**
 * One page of rows that come in the order of their keys; no more of them are read than it needs.
 * @param rowsAfter the rows after a key, some at a time; `take` is how many the page needs, if all of them are seen
 * @throws PC_API_INVALID at /cursor
 */
export async function pageFrom<Row, Item>(
  rowsAfter: (after: string | undefined, take: number) => AsyncIterable<readonly Row[]>,
  { limit = DEFAULT_LIMIT, cursor }: PageQuery,
  isSeen: (row: Row) => boolean,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const rows: Row[] = [];
  for await (const some of rowsAfter(keyBefore(cursor), limit + 1)) {
    rows.push(...some.filter(isSeen));
    if (rows.length > limit) break;
  }
  return cut(rows, limit, keyOf, show);
}

/** One page of rows that are all in memory. Keys are unique; pages follow their order. @throws PC_API_INVALID at /cursor */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  { limit = DEFAULT_LIMIT, cursor }: PageQuery,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const after = keyBefore(cursor);
  const keyed = rows
    .map((row) => ({ row, key: keyOf(row) }))
    .filter(({ key }) => after === undefined || key > after)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return cut(
    keyed,
    limit,
    ({ key }) => key,
    ({ row }) => show(row),
  );
}

/** Of rows that begin with the page's first one. */
function cut<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(show),
    nextCursor: last === undefined ? null : Buffer.from(keyOf(last)).toString('base64url'),
  };
}

/** The key after which a page begins; undefined for the first page. @throws PC_API_INVALID */
function keyBefore(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString();
  if (key === '' || Buffer.from(key).toString('base64url') !== cursor)
    throw invalid('/cursor', 'This is not a cursor that a page ended with.');
  return key;
}
