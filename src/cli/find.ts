/** Rows by what people call them. */
import { PortcullisError } from '../errors.ts';
import { requireServer, type Registry } from '../registry/index.ts';
import type { GrantRow, PolicyRow } from '../store/index.ts';

/** By id or name. @throws PC_API_NOT_FOUND */
export async function findPolicy(
  { store }: Registry,
  serverId: string,
  idOrName: string,
): Promise<PolicyRow> {
  const row = (await store.policies.list(serverId)).find(
    ({ id, name }) => id === idOrName || name === idOrName,
  );
  if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'policy of this server' });
  return row;
}

/** By id, label, or server/label. @throws PC_API_NOT_FOUND; PC_API_CONFLICT when several have the label */
export async function findGrant(registry: Registry, wanted: string): Promise<GrantRow> {
  const byId = await registry.store.grants.get(wanted);
  if (byId !== undefined) return byId;
  const slash = wanted.indexOf('/');
  const server = slash === -1 ? undefined : (await requireServer(registry, wanted.slice(0, slash))).id;
  const label = wanted.slice(slash + 1);
  const rows = (await registry.store.grants.list(server)).filter((row) => row.label === label);
  const standing = rows.filter(({ revokedAt }) => revokedAt === null);
  if (standing.length > 1)
    throw new PortcullisError('PC_API_CONFLICT', {
      detail: `Several grants are called ${label}; give the id.`,
    });
  const row = standing[0] ?? rows.at(-1);
  if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'grant' });
  return row;
}
