import { queryOptions } from '@tanstack/react-query';
import { ApiProblem } from '../problem.ts';
import { request } from '../request.ts';

/** A call that waits for a person, or waited. */
export interface Approval {
  readonly id: string;
  readonly state: 'pending' | 'approved' | 'denied' | 'expired' | 'void' | 'used';
  readonly server: { readonly id: string; readonly name: string };
  readonly grant: { readonly id: string; readonly label: string };
  readonly tool: string;
  readonly toolClass: string;
  readonly rule: string;
  readonly message: string;
  /** Of everything that an approver is shown. */
  readonly viewHash: string;
  /** How many must agree. */
  readonly people: number;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly decidedAt: string | null;
  readonly call: string | null;
  readonly mayAnswer: boolean;
  readonly whyNot: string | null;
}

export interface ApprovalDetail extends Approval {
  readonly severity: string | null;
  readonly description: string | null;
  readonly arguments: readonly {
    readonly name: string;
    readonly kind: string;
    readonly language?: string;
    readonly text: string;
    /** Characters that cannot be seen. */
    readonly invisible: number;
  }[];
  /** Against the last call of the tool that was agreed to. */
  readonly diff: {
    readonly at: string;
    readonly arguments: readonly {
      readonly name: string;
      readonly lines: readonly { readonly op: 'same' | 'removed' | 'added'; readonly text: string }[];
    }[];
  } | null;
  readonly votes: readonly {
    readonly actor: string;
    readonly verdict: 'approve' | 'deny';
    readonly reason: string | null;
    readonly at: string;
  }[];
  readonly history: readonly Approval[];
}

/** null: this gateway has no approvals. */
export const approvalsQuery = (state: 'pending' | 'all') =>
  queryOptions({
    queryKey: ['approvals', state],
    queryFn: async ({ signal }) => {
      try {
        const query = { limit: 200, ...(state === 'all' ? {} : { state }) };
        return (await request<{ items: readonly Approval[] }>('GET', '/approvals', { query, signal })).items;
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
    queryFn: ({ signal }) =>
      request<ApprovalDetail>('GET', `/approvals/${encodeURIComponent(id)}`, { signal }),
  });
