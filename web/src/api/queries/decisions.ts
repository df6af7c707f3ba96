import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request, type Query } from '../request.ts';
import type { Decision, Page } from '../types.ts';

/** Newest first, a page at a time. */
export const decisionsQuery = (filter: Query) =>
  infiniteQueryOptions({
    queryKey: ['decisions', filter],
    queryFn: ({ signal, pageParam }) =>
      request<Page<Decision>>('GET', '/decisions', {
        query: { limit: 100, ...filter, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: ['decisions', 'one', id],
    queryFn: ({ signal }) => request<Decision>('GET', `/decisions/${encodeURIComponent(id)}`, { signal }),
  });
