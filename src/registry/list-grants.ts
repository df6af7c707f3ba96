/** Which grants are asked for. */
import type { GrantFilter } from '../store/index.ts';
import type { Registry } from './registry.ts';
import { listServers, requireServer } from './servers.ts';

export interface GrantQuery {
  /** Id or slug. */
  readonly server?: string | undefined;
  /** Id of a policy, or `none`. */
  readonly policy?: string | undefined;
  readonly state?: GrantFilter['state'] | undefined;
  readonly text?: string | undefined;
}

/** As the store takes it. What it finds is still to be passed through `seesGrant`. @throws PC_API_NOT_FOUND for a server */
export async function grantFilter(
  registry: Registry,
  { server, policy, state, text }: GrantQuery,
): Promise<GrantFilter> {
  return {
    organization: registry.organization,
    ...(server === undefined ? {} : { serverId: (await requireServer(registry, server)).id }),
    ...(policy === undefined ? {} : { policyId: policy === 'none' ? null : policy }),
    ...(state === undefined ? {} : { state }),
    ...(text === undefined ? {} : { text: { words: text, servers: await serversCalled(registry, text) } }),
  };
}

async function serversCalled(registry: Registry, text: string): Promise<ReadonlySet<string>> {
  const wanted = text.toLowerCase();
  const rows = await listServers(registry);
  return new Set(rows.filter(({ name }) => name.toLowerCase().includes(wanted)).map(({ id }) => id));
}
