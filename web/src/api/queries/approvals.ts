import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { approvalDetailShape, approvalShape } from '../../../../src/api/shapes/approval.ts';
import { ApiProblem } from '../problem.ts';
import { call } from '../call.ts';

/** A call that waits for a person, or waited. */
export type Approval = z.output<typeof approvalShape>;
export type ApprovalDetail = z.output<typeof approvalDetailShape>;

/** null: this gateway has no approvals. */
export const approvalsQuery = (state: 'pending' | 'all') =>
  queryOptions({
    queryKey: ['approvals', state],
    queryFn: async ({ signal }) => {
      try {
        const query = { limit: 200, ...(state === 'all' ? {} : { state }) };
        return (await call('GET /approvals', { query, signal })).items;
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: 30_000,
  });

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approvals', 'one', id],
    queryFn: ({ signal }) => call('GET /approvals/{id}', { path: { id }, signal }),
  });
