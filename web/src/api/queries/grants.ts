import { queryOptions } from '@tanstack/react-query';
import { listAll } from '../list-all.ts';
import type { Grant } from '../types.ts';

export const grantsQuery = (serverId: string) =>
  queryOptions({
    queryKey: ['grants', 'of', serverId],
    queryFn: ({ signal }) => listAll<Grant>(`/servers/${encodeURIComponent(serverId)}/grants`, { signal }),
  });
