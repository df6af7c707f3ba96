/**
 * Grants that fit a filter, by their ids, which are made in the order of time. What does not fit is passed over in windows of so
 * many grants, with other work in between: what one statement reads is bounded, however many grants there are.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { GrantFilter, GrantRange } from '../page-types.ts';
import type { Db, StoredGrant } from '../schema.ts';
import type { Store } from '../types.ts';
import { isActive, isEnding, isExpired } from './grant-states.ts';
import { likePart, saysWords } from './grant-words.ts';

type Condition = RawBuilder<SqlBool>;
type Order = GrantRange['order'];

/** Where grants are looked for by an index: under a policy, on a server, or everywhere. */
type Scope = readonly [column: 'policy_id' | 'server_id', value: string] | undefined;

/** Grants, and as many reaches beside a first server: of SQLite as many as may hold up calls, of a server as many as a way there is worth. */
const WINDOW: Readonly<Record<Store['dialect'], number>> = { sqlite: 2_000, postgres: 8_000 };

/** Apart from each other by what no pattern has. */
const SAID = sql.raw(`(label || chr(10) || coalesce(owner, '') || chr(10) || tags)`);

export async function* fittingGrants(
  db: Db,
  dialect: Store['dialect'],
  now: number,
  filter: GrantFilter,
  { order, after, take }: GrantRange,
): AsyncIterable<readonly StoredGrant[]> {
  const scope = scopeOf(filter);
  const { text } = filter;
  for (let from = after; ; await nextTurn()) {
    const until = await windowEnd(db, WINDOW[dialect], order, scope, from);
    const rows = await db
      .selectFrom('grants')
      .selectAll()
      .where(all([within(order, scope, from, until), ...fitting(dialect, filter, now)]))
      .orderBy('id', order)
      .limit(take)
      .execute();
    yield text === undefined ? rows : rows.filter((row) => saysWords(row, text));
    if (rows.length === take) from = rows.at(-1)!.id;
    else if (until === undefined) return;
    else from = until;
  }
}

function scopeOf({ serverId, policyId }: GrantFilter): Scope {
  if (typeof policyId === 'string') return ['policy_id', policyId];
  return serverId === undefined ? undefined : ['server_id', serverId];
}

/** The last id of the window; undefined when no grants follow it. */
async function windowEnd(
  db: Db,
  size: number,
  order: Order,
  scope: Scope,
  from: string | undefined,
): Promise<string | undefined> {
  const own = await lastOf(db, size, order, 'grants', 'id', [
    inScope(scope),
    between(order, 'id', from, undefined),
  ]);
  if (scope === undefined) return own;
  const further = [inScope(scope), between(order, 'grant_id', from, own)];
  return (await lastOf(db, size, order, 'grant_servers', 'grant_id', further)) ?? own;
}

async function lastOf(
  db: Db,
  size: number,
  order: Order,
  table: 'grants' | 'grant_servers',
  column: 'id' | 'grant_id',
  conditions: readonly Condition[],
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select ${sql.ref(column)} as id from ${sql.table(table)} where ${all(conditions)}
    order by ${sql.ref(column)} ${sql.raw(order)} limit 1 offset ${size - 1}`.execute(db);
  return rows[0]?.id;
}

/** Of the window's grants those that reach the scope, first or further. */
function within(order: Order, scope: Scope, from: string | undefined, until: string | undefined): Condition {
  if (scope === undefined) return between(order, 'id', from, until);
  const reaches = (table: 'grants' | 'grant_servers', column: 'id' | 'grant_id') =>
    sql`select ${sql.ref(column)} from ${sql.table(table)}
      where ${all([inScope(scope), between(order, column, from, until)])}`;
  return sql`id in (${reaches('grants', 'id')} union all ${reaches('grant_servers', 'grant_id')})`;
}

function inScope(scope: Scope): Condition {
  return scope === undefined ? sql`1 = 1` : sql`${sql.ref(scope[0])} = ${scope[1]}`;
}

function between(
  order: Order,
  column: 'id' | 'grant_id',
  from: string | undefined,
  until: string | undefined,
): Condition {
  const place = sql.ref(column);
  const [past, upTo] = order === 'desc' ? [sql.raw('<'), sql.raw('>=')] : [sql.raw('>'), sql.raw('<=')];
  return all([
    ...(from === undefined ? [] : [sql<SqlBool>`${place} ${past} ${from}`]),
    ...(until === undefined ? [] : [sql<SqlBool>`${place} ${upTo} ${until}`]),
  ]);
}

function fitting(
  dialect: Store['dialect'],
  { organization, serverId, policyId, state, text }: GrantFilter,
  now: number,
): Condition[] {
  const part = text === undefined ? undefined : likePart(text.words);
  return [
    sql`server_id in (select id from servers where organization_id = ${organization})`,
    ...(policyId === null ? [sql<SqlBool>`policy_id is null`] : []),
    // A policy is a server's, and so are its grants: of another server there are none.
    ...(typeof policyId === 'string' && serverId !== undefined
      ? [sql<SqlBool>`exists (select 1 from policies where id = ${policyId} and server_id = ${serverId})`]
      : []),
    ...(state === undefined ? [] : [stateIs(state, now)]),
    ...(part === undefined ? [] : [mayBeSaid(dialect, part, text!.servers)]),
  ];
}

function stateIs(state: NonNullable<GrantFilter['state']>, now: number): Condition {
  if (state === 'revoked') return sql`revoked_at is not null`;
  if (state === 'expired') return isExpired(now);
  return state === 'ending' ? isEnding(now) : isActive(now);
}

/** Whether a part of the words is there; `saysWords` then looks for all of them. */
function mayBeSaid(dialect: Store['dialect'], part: string, servers: ReadonlySet<string>): Condition {
  const columns =
    dialect === 'sqlite'
      ? // Of ASCII letters its own does not look at the case.
        ['label', 'owner', 'tags'].map((column) => sql<SqlBool>`${sql.ref(column)} like ${part} escape '!'`)
      : // Letters of every language in every column would take three times as long.
        [sql<SqlBool>`lower(${SAID} collate "C") like ${part} escape '!'`];
  const named = servers.size === 0 ? [] : [sql<SqlBool>`server_id in (${sql.join([...servers])})`];
  return sql`(${sql.join([...columns, ...named], sql` or `)})`;
}

function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`1 = 1` : sql`${sql.join(conditions, sql` and `)}`;
}
