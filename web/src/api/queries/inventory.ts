import { queryOptions } from '@tanstack/react-query';
import { request } from '../request.ts';
import type { Inventory } from '../types.ts';

/** Every server with its tools, policies and grants. */
export const inventoryQuery = () =>
  queryOptions({
    queryKey: ['inventory'],
    queryFn: async ({ signal }) =>
      (await request<{ items: readonly Inventory[] }>('GET', '/inventory', { signal })).items,
  });
