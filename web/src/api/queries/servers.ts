import { queryOptions } from '@tanstack/react-query';
import { listAll } from '../list-all.ts';
import type { Tool } from '../types.ts';
import { call } from '../call.ts';

export const serversQuery = () =>
  queryOptions({
    queryKey: ['servers'],
    queryFn: ({ signal }) => listAll('GET /servers', { signal }),
  });

/** @param id or slug */
export const serverQuery = (id: string) =>
  queryOptions({
    queryKey: ['servers', id],
    queryFn: ({ signal }) => call('GET /servers/{id}', { path: { id }, signal }),
  });

/** The tools of a server, as last seen. */
export const toolsQuery = (id: string) =>
  queryOptions({
    queryKey: ['tools', id],
    queryFn: async ({ signal }) =>
      (await listAll('GET /servers/{id}/tools', { path: { id }, signal })) as Tool[],
    staleTime: 60_000,
  });
