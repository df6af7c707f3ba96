import { queryOptions } from '@tanstack/react-query';
import { call } from '../call.ts';

export interface SignInOptions {
  /** No account exists yet. */
  readonly setup: boolean;
  readonly mail: boolean;
  readonly providers: readonly { readonly id: 'google' | 'github' | 'oidc'; readonly name: string }[];
}

export const signInOptionsQuery = () =>
  queryOptions({
    queryKey: ['sign-in-options'],
    queryFn: ({ signal }) => call('GET /sign-in-options', { signal }),
  });
