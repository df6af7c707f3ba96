import type { Page } from './types.ts';
import { request, type Query } from './request.ts';

/** Every item of a paged list. @param onCount how many there are so far */
export async function listAll<Item>(
  path: string,
  {
    query = {},
    signal,
    onCount,
  }: { query?: Query; signal?: AbortSignal; onCount?: (count: number) => void } = {},
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<Item> = await request('GET', path, { query: { limit: 500, ...query, cursor }, signal });
    items.push(...page.items);
    onCount?.(items.length);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}
