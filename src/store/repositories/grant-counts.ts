/** How many grants reach each server, under each of its policies: summed up in the database, from an index. */
import { sql } from 'kysely';
import type { Db } from '../schema.ts';
import type { GrantCount } from '../row-types.ts';
import { isActive, isEnding } from './grant-states.ts';

/** @param hidden servers; grants that reach one of them do not count */
export async function grantCounts(db: Db, now: number, hidden: readonly string[]): Promise<GrantCount[]> {
  const unseen = hidden.length === 0 ? undefined : sql.join([...hidden]);
  const seen =
    unseen === undefined
      ? sql`1 = 1`
      : sql`grants.server_id not in (${unseen})
          and grants.id not in (select grant_id from grant_servers where server_id in (${unseen}))`;
  const sums = sql`count(*) as total, max(revision) as revision,
    sum(case when ${isActive(now)} then 1 else 0 end) as active,
    sum(case when ${isEnding(now)} then 1 else 0 end) as ending`;
  const { rows } = await sql<GrantCount & { readonly further: number }>`
    select server_id as "serverId", policy_id as "policyId", 0 as further, ${sums}
      from grants where ${seen} group by server_id, policy_id
    union all
    select reached.server_id, reached.policy_id, 1, ${sums}
      from grant_servers as reached join grants on grants.id = reached.grant_id
      where ${seen} group by reached.server_id, reached.policy_id`.execute(db.withoutPlugins());
  return rows.map((row) => ({
    serverId: row.serverId,
    policyId: row.policyId,
    first: Number(row.further) === 0,
    total: Number(row.total),
    active: Number(row.active),
    ending: Number(row.ending),
    revision: Number(row.revision),
  }));
}
