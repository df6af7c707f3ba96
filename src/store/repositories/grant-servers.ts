/** The servers of a grant beside its first one. */
import type { GrantServer } from '../row-types.ts';
import type { Db, Tx } from '../schema.ts';
import { requireServer } from '../presence.ts';
import { requirePolicyOf } from './policy-of.ts';

/** By grant, in the order in which they were named. */
type Further = ReadonlyMap<string, GrantServer[]>;

export async function furtherServers(db: Db | Tx, grantIds?: readonly string[]): Promise<Further> {
  return byGrant(
    await reaches(db)
      .$if(grantIds !== undefined, (query) => query.where('grantId', 'in', [...(grantIds ?? [])]))
      .execute(),
  );
}

/** Of the grants from one id to another, both included. */
export async function furtherBetween(db: Db, first: string, last: string): Promise<Further> {
  return byGrant(await reaches(db).where('grantId', '>=', first).where('grantId', '<=', last).execute());
}

function reaches(db: Db | Tx) {
  return db.selectFrom('grantServers').selectAll().orderBy('place');
}

function byGrant(rows: readonly ({ readonly grantId: string } & GrantServer)[]): Further {
  const groups = new Map<string, GrantServer[]>();
  for (const { grantId, serverId, policyId } of rows) {
    const group = groups.get(grantId);
    if (group === undefined) groups.set(grantId, [{ serverId, policyId }]);
    else group.push({ serverId, policyId });
  }
  return groups;
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
  const orphans = tx.selectFrom('grants').select('id').where('serverId', '=', serverId);
  const further = byGrant(await reaches(tx).where('grantId', 'in', orphans).execute());
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
