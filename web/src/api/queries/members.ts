import { queryOptions } from '@tanstack/react-query';
import { listAll } from '../list-all.ts';

export const membersQuery = () =>
  queryOptions({
    queryKey: ['members'],
    queryFn: ({ signal }) => listAll('GET /members', { signal }),
  });
