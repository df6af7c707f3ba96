import { queryOptions } from '@tanstack/react-query';
import { call } from '../call.ts';

/** Every server with its tools, policies and grants. */
export const inventoryQuery = () =>
  queryOptions({
    queryKey: ['inventory'],
    queryFn: async ({ signal }) => (await call('GET /inventory', { signal })).items,
  });
