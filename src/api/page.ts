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
 * @param rowsAfter the rows after a key, some at a time @throws PC_API_INVALID at /cursor
 */
export async function pageFrom<Row, Item>(
  rowsAfter: (after: string | undefined) => AsyncIterable<readonly Row[]>,
  query: PageQuery,
  isSeen: (row: Row) => boolean,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const rows: Row[] = [];
  for await (const some of rowsAfter(keyBefore(query))) {
    rows.push(...some.filter(isSeen));
    if (rows.length > (query.limit ?? DEFAULT_LIMIT)) break;
  }
  return pageOf(rows, query, keyOf, show);
}

/** One page of rows that are all in memory. Keys are unique; pages follow their order. @throws PC_API_INVALID at /cursor */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  { limit = DEFAULT_LIMIT, cursor }: PageQuery,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const after = keyBefore({ cursor });
  const keyed = rows
    .map((row) => ({ row, key: keyOf(row) }))
    .filter(({ key }) => after === undefined || key > after)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const shown = keyed.slice(0, limit);
  const last = keyed.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(({ row }) => show(row)),
    nextCursor: last === undefined ? null : Buffer.from(last.key).toString('base64url'),
  };
}

/** The key after which a page begins; undefined for the first page. @throws PC_API_INVALID */
function keyBefore({ cursor }: PageQuery): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString();
  if (key === '' || Buffer.from(key).toString('base64url') !== cursor)
    throw invalid('/cursor', 'This is not a cursor that a page ended with.');
  return key;
}
