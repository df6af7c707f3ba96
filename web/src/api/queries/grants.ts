import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, type CallOptions } from '../call.ts';

export type GrantFilter = Omit<NonNullable<CallOptions<'GET /grants'>['query']>, 'limit' | 'cursor'>;

/** Newest first, a page at a time. What was shown stays until what fits a changed filter is there. */
export const grantsQuery = (filter: GrantFilter) =>
  infiniteQueryOptions({
    queryKey: ['grants', filter],
    queryFn: ({ signal, pageParam }) =>
      call('GET /grants', { query: { limit: 100, ...filter, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const grantQuery = (id: string) =>
  queryOptions({
    queryKey: ['grants', 'one', id],
    queryFn: ({ signal }) => call('GET /grants/{id}', { path: { id }, signal }),
  });
