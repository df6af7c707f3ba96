/** The servers of a grant beside its first one. */
import type { GrantServer } from '../row-types.ts';
import type { Db, Tx } from '../schema.ts';
import { requireServer } from '../presence.ts';
import { requirePolicyOf } from './policy-of.ts';

/** By grant, in the order in which they were named. */
export async function furtherServers(
  db: Db | Tx,
  grantIds?: readonly string[],
): Promise<ReadonlyMap<string, GrantServer[]>> {
  const rows = await db
    .selectFrom('grantServers')
    .selectAll()
    .$if(grantIds !== undefined, (query) => query.where('grantId', 'in', [...(grantIds ?? [])]))
    .orderBy('place')
    .execute();
  const byGrant = new Map<string, GrantServer[]>();
  for (const { grantId, serverId, policyId } of rows)
    byGrant.set(grantId, [...(byGrant.get(grantId) ?? []), { serverId, policyId }]);
  return byGrant;
}

/** @throws PC_API_NOT_FOUND, PC_API_INVALID for a policy of another server */
export async function replaceFurther(
  tx: Tx,
  grantId: string,
  further: readonly GrantServer[],
): Promise<void> {
  await tx.deleteFrom('grantServers').where('grantId', '=', grantId).execute();
  for (const [place, { serverId, policyId }] of further.entries()) {
    await requireServer(tx, serverId);
    await requirePolicyOf(tx, serverId, policyId, `/servers/${place + 1}/policyId`);
    await tx.insertInto('grantServers').values({ grantId, serverId, policyId, place }).execute();
  }
}

/** Grants that have other servers left outlive the removal of their first one. */
export async function handOver(tx: Tx, serverId: string): Promise<void> {
  const orphans = await tx.selectFrom('grants').select('id').where('serverId', '=', serverId).execute();
  if (orphans.length === 0) return;
  const further = await furtherServers(
    tx,
    orphans.map(({ id }) => id),
  );
  for (const [grantId, [next]] of further) {
    if (next === undefined) continue;
    await tx.updateTable('grants').set(next).where('id', '=', grantId).execute();
    await tx
      .deleteFrom('grantServers')
      .where('grantId', '=', grantId)
      .where('serverId', '=', next.serverId)
      .execute();
  }
}
