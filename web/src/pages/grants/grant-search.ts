import type { GrantFilter } from '../../api/queries/grants.ts';

/** What is looked for, as it stands in the address. */
export interface GrantSearch {
  readonly text?: string;
  /** Slug. */
  readonly server?: string;
  /** Id, or `none`. */
  readonly policy?: string;
  readonly state?: string;
}

export const STATES = [
  { value: '', text: 'In force' },
  { value: 'ending', text: 'Ending this week' },
  { value: 'expired', text: 'Expired' },
  { value: 'revoked', text: 'Revoked' },
  { value: 'all', text: 'All' },
] as const;

/** As the gateway takes it. Unless somebody asks for others, what matters are grants in force. */
export function filterOf({ text, server, policy, state = 'active' }: GrantSearch): GrantFilter {
  const words = text?.trim();
  return {
    ...(words === undefined || words === '' ? {} : { text: words }),
    ...(server === undefined ? {} : { server }),
    ...(policy === undefined ? {} : { policy }),
    ...(state === 'all' ? {} : { state: state as NonNullable<GrantFilter['state']> }),
  };
}
