import { queryOptions } from '@tanstack/react-query';
import { listAll } from '../list-all.ts';
import { request } from '../request.ts';
import type { Server, Tool } from '../types.ts';

export const serversQuery = () =>
  queryOptions({
    queryKey: ['servers'],
    queryFn: ({ signal }) => listAll<Server>('/servers', { signal }),
  });

/** @param id or slug */
export const serverQuery = (id: string) =>
  queryOptions({
    queryKey: ['servers', id],
    queryFn: ({ signal }) => request<Server>('GET', `/servers/${encodeURIComponent(id)}`, { signal }),
  });

/** The tools of a server, as last seen. */
export const toolsQuery = (id: string) =>
  queryOptions({
    queryKey: ['tools', id],
    queryFn: ({ signal }) => listAll<Tool>(`/servers/${encodeURIComponent(id)}/tools`, { signal }),
    staleTime: 60_000,
  });
