import { queryOptions } from '@tanstack/react-query';
import { listAll } from '../list-all.ts';
import { call } from '../call.ts';
import { request } from '../request.ts';

export const policiesQuery = (serverId: string) =>
  queryOptions({
    queryKey: ['policies', 'of', serverId],
    queryFn: ({ signal }) => listAll('GET /servers/{id}/policies', { path: { id: serverId }, signal }),
  });

export const policyQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', id],
    queryFn: ({ signal }) => call('GET /policies/{id}', { path: { id }, signal }),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', id, 'versions'],
    queryFn: ({ signal }) => listAll('GET /policies/{id}/versions', { path: { id }, signal }),
  });

export const policySchemaQuery = () =>
  queryOptions({
    queryKey: ['policy-schema'],
    queryFn: ({ signal }) => request<Record<string, unknown>>('GET', '/schema/policy-1.json', { signal }),
    staleTime: Infinity,
  });
