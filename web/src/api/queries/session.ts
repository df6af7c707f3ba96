import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { meShape } from '../../../../src/api/shapes/account.ts';
import { call } from '../call.ts';

export type Me = z.output<typeof meShape>;
export type Role = NonNullable<Me['role']>;

/** Who uses the dashboard. Refused with 401 when nobody is signed in. */
export const meQuery = () =>
  queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => call('GET /me', { signal }),
    staleTime: 60_000,
  });
