import { queryOptions } from '@tanstack/react-query';
import { listAll } from '../list-all.ts';
import type { Member } from '../types.ts';

export const membersQuery = () =>
  queryOptions({
    queryKey: ['members'],
    queryFn: ({ signal }) => listAll<Member>('/members', { signal }),
  });
