import { queryOptions } from '@tanstack/react-query';
import { request } from '../request.ts';

interface CatalogTool {
  readonly name: string;
  readonly policy: unknown;
}

/** A tool of the public catalogue, with the policy that its page shows. */
export const catalogToolQuery = (server: string, tool: string) =>
  queryOptions({
    queryKey: ['catalog', server, tool],
    queryFn: ({ signal }) =>
      request<CatalogTool>(
        'GET',
        `/catalog/servers/${encodeURIComponent(server)}/tools/${encodeURIComponent(tool)}`,
        { signal },
      ),
  });

/** As text, for the builder. */
export function policyTextOf({ policy }: CatalogTool): string {
  return typeof policy === 'string' ? policy : `${JSON.stringify(policy, null, 2)}\n`;
}
