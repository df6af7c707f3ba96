import type { AnswerOf, Endpoint } from '../../../src/api/client.ts';
import { call, type CallOptions } from './call.ts';

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}
type AnyCall = (endpoint: string, options: object) => Promise<Page>;
type Listing = { [Name in Endpoint]: AnswerOf<Name> extends Page ? Name : never }[Endpoint];
type ItemOf<Name extends Listing> =
  AnswerOf<Name> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** Every item of a paged list. @param onCount how many there are so far */
export async function listAll<Name extends Listing>(
  endpoint: Name,
  { onCount, query, ...options }: CallOptions<Name> & { readonly onCount?: (count: number) => void },
): Promise<ItemOf<Name>[]> {
  const items: ItemOf<Name>[] = [];
  let cursor: string | undefined;
  do {
    const given = { ...options, query: { limit: 500, ...query, cursor } };
    const page = await (call as unknown as AnyCall)(endpoint, given);
    items.push(...(page.items as ItemOf<Name>[]));
    onCount?.(items.length);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}
