import { queryOptions } from '@tanstack/react-query';
import { listAll } from '../list-all.ts';
import { request } from '../request.ts';
import type { Policy, PolicyVersion } from '../types.ts';

export const policiesQuery = (serverId: string) =>
  queryOptions({
    queryKey: ['policies', 'of', serverId],
    queryFn: ({ signal }) => listAll<Policy>(`/servers/${encodeURIComponent(serverId)}/policies`, { signal }),
  });

export const policyQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', id],
    queryFn: ({ signal }) => request<Policy>('GET', `/policies/${encodeURIComponent(id)}`, { signal }),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', id, 'versions'],
    queryFn: ({ signal }) =>
      listAll<PolicyVersion>(`/policies/${encodeURIComponent(id)}/versions`, { signal }),
  });

export const policySchemaQuery = () =>
  queryOptions({
    queryKey: ['policy-schema'],
    queryFn: ({ signal }) => request<Record<string, unknown>>('GET', '/schema/policy-1.json', { signal }),
    staleTime: Infinity,
  });
