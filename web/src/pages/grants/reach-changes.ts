/** What another choice of servers means for a grant's client. */
import type { Grant, Inventory } from '../../api/types.ts';
import type { Reached } from './server-choice.tsx';

export interface ReachChange {
  readonly serverId: string;
  readonly server: string;
  readonly kind: 'begins' | 'stops' | 'judged-otherwise';
  /** Null where every call is denied, or none arrives. */
  readonly policy: string | null;
}

export type Reach = Grant['servers'];

export function reachedOf(servers: Reach): Reached {
  return Object.fromEntries(servers.map(({ serverId, policyId }) => [serverId, policyId ?? '']));
}

/** As the API takes it: what stays keeps its place, for the first server is where the grant is listed. */
export function serversOf(before: Reach, chosen: Reached): { server: string; policyId: string | null }[] {
  const kept = before.map(({ serverId }) => serverId).filter((id) => id in chosen);
  const added = Object.keys(chosen).filter((id) => !kept.includes(id));
  return [...kept, ...added].map((server) => ({ server, policyId: chosen[server] || null }));
}

/** What stops first, then what begins, then what is judged otherwise. */
export function reachChanges(items: readonly Inventory[], before: Reach, chosen: Reached): ReachChange[] {
  const servers = new Map(items.map(({ server }) => [server.id, server.name]));
  const policies = new Map(items.flatMap((item) => item.policies.map(({ id, name }) => [id, name])));
  const had = reachedOf(before);
  const change = (serverId: string, kind: ReachChange['kind']): ReachChange => ({
    serverId,
    server: servers.get(serverId) ?? serverId,
    kind,
    policy: policies.get(chosen[serverId] ?? '') ?? null,
  });
  const now = Object.keys(chosen);
  return [
    ...Object.keys(had)
      .filter((id) => !(id in chosen))
      .map((id) => change(id, 'stops')),
    ...now.filter((id) => !(id in had)).map((id) => change(id, 'begins')),
    ...now.filter((id) => id in had && had[id] !== chosen[id]).map((id) => change(id, 'judged-otherwise')),
  ];
}
