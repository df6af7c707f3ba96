/** The servers that a grant names: each once, each one that whoever asks may see. */
import type { GrantServer } from '../store/index.ts';
import { invalid } from './problems.ts';
import type { Registry } from './registry.ts';
import { requireServer } from './servers.ts';

export interface GrantServerInput {
  /** Id or slug. */
  readonly server: string;
  /** A policy of that server; without one every call is denied. */
  readonly policyId?: string | null | undefined;
}

/** Sessions of all of them travel in one header. */
const MOST_SERVERS = 20;
/** Tool names have 60 characters at most, and begin with the slug. */
const LONGEST_SLUG = 40;

/** @throws PC_API_INVALID, PC_API_NOT_FOUND */
export async function grantServers(
  registry: Registry,
  wanted: readonly GrantServerInput[],
): Promise<readonly [GrantServer, ...GrantServer[]]> {
  if (wanted.length > MOST_SERVERS)
    throw invalid('/servers', `A grant reaches ${MOST_SERVERS} servers at most.`);
  const named: GrantServer[] = [];
  for (const [index, { server, policyId = null }] of wanted.entries()) {
    const { id, slug } = await requireServer(registry, server);
    if (named.some(({ serverId }) => serverId === id))
      throw invalid(`/servers/${index}/server`, 'This server stands twice.');
    if (wanted.length > 1 && slug.length > LONGEST_SLUG)
      throw invalid(
        `/servers/${index}/server`,
        `Its address is longer than ${LONGEST_SLUG} characters, which leaves no room for tool names: register it under a shorter name.`,
      );
    named.push({ serverId: id, policyId });
  }
  const [first, ...rest] = named;
  if (first === undefined) throw invalid('/servers', 'Expected at least one server.');
  return [first, ...rest];
}
