import type { Page, PageRequest } from '../store/index.ts';

/** The most that the database gives at once. */
const PAGE = 500;

/** The first `count` of a list that comes in pages; fewer when it is stopped. */
export async function firstOf<Row>(
  count: number,
  page: (request: PageRequest) => Promise<Page<Row>>,
  signal?: AbortSignal,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null && rows.length < count) {
    if (signal?.aborted === true) break;
    const limit = Math.min(count - rows.length, PAGE);
    const { items, nextCursor } = await page({ limit, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...items);
    cursor = nextCursor;
  }
  return rows;
}
