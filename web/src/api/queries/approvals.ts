import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { approvalDetailShape, approvalShape } from '../../../../src/api/shapes/approval.ts';
import { call } from '../call.ts';

/** A call that waits for a person, or waited. */
export type Approval = z.output<typeof approvalShape>;
export type ApprovalDetail = z.output<typeof approvalDetailShape>;

/** Newest first, a page at a time. */
export const approvalsQuery = (state: 'pending' | 'all') =>
  infiniteQueryOptions({
    queryKey: ['approvals', state],
    queryFn: ({ signal, pageParam }) =>
      call('GET /approvals', {
        query: { limit: 200, cursor: pageParam, ...(state === 'all' ? {} : { state }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 30_000,
  });

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approvals', 'one', id],
    queryFn: ({ signal }) => call('GET /approvals/{id}', { path: { id }, signal }),
  });
