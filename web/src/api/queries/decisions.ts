import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, type CallOptions } from '../call.ts';
import type { Decision, Page } from '../types.ts';

export type DecisionFilter = NonNullable<CallOptions<'GET /decisions'>['query']>;

/** A page of the log. A record states more than the API promises of every one. */
export const readDecisions = (query: DecisionFilter, signal: AbortSignal) =>
  call('GET /decisions', { query, signal }) as Promise<unknown> as Promise<Page<Decision>>;

/** Newest first, a page at a time. What was shown stays until what fits a changed filter is there. */
export const decisionsQuery = (filter: DecisionFilter) =>
  infiniteQueryOptions({
    queryKey: ['decisions', filter],
    queryFn: ({ signal, pageParam }) => readDecisions({ limit: 100, ...filter, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: ['decisions', 'one', id],
    queryFn: ({ signal }) =>
      call('GET /decisions/{id}', { path: { id }, signal }) as Promise<unknown> as Promise<Decision>,
  });
