import { queryOptions } from '@tanstack/react-query';
import { listAll } from '../list-all.ts';

export const grantsQuery = (serverId: string) =>
  queryOptions({
    queryKey: ['grants', 'of', serverId],
    queryFn: ({ signal }) => listAll('GET /servers/{id}/grants', { path: { id: serverId }, signal }),
  });
