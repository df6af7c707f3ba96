import { queryOptions } from '@tanstack/react-query';
import { call } from '../call.ts';
import type { CatalogServer, Page } from '../types.ts';

interface CatalogTool {
  readonly name: string;
  readonly policy: unknown;
}

/** A tool of the public catalogue, with the policy that its page shows. */
export const catalogToolQuery = (server: string, tool: string) =>
  queryOptions({
    queryKey: ['catalog', server, tool],
    queryFn: ({ signal }) =>
      call('GET /catalog/servers/{slug}/tools/{tool}', { path: { slug: server, tool }, signal }),
  });

/** As text, for the builder. */
export function policyTextOf({ policy }: CatalogTool): string {
  return typeof policy === 'string' ? policy : `${JSON.stringify(policy, null, 2)}\n`;
}

/** Servers of the catalogue, the best first. */
export const catalogSearchQuery = (words: string) =>
  queryOptions({
    queryKey: ['catalog-search', words],
    queryFn: ({ signal }) =>
      call('GET /catalog/search', { query: { q: words, limit: 20 }, signal }) as Promise<Page<CatalogServer>>,
  });
