import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Access } from '../changes.ts';
import { conflict } from '../conflicts.ts';
import { present, requireServer } from '../presence.ts';
import { grantRow } from '../rows.ts';
import { sql, type Selectable, type SqlBool } from 'kysely';
import type { Db, StoredGrant, Tables, Tx } from '../schema.ts';
import type { GrantRow, NewGrant, Store } from '../types.ts';
import { grantCounts } from './grant-counts.ts';
import { fittingGrants } from './grant-pages.ts';
import { furtherBetween, furtherServers, replaceFurther } from './grant-servers.ts';
import { requirePolicyOf } from './policy-of.ts';

type Stored = Selectable<Tables['grants']>;

/** Rows that are read in one go: the event loop is free again after so many. */
const PAGE_ROWS = 500;
const PAGE_IDS = 5_000;

/** Named as they are asked for: to rename the columns of every row costs as much as to read them. */
const COLUMNS = sql.raw(
  `id, server_id as "serverId", label, tags, policy_id as "policyId", owner, owner_id as "ownerId",
    allowed_addresses as "allowedAddresses", token_hash as "tokenHash", sealed_token as "sealedToken",
    expires_at as "expiresAt", revoked_at as "revokedAt", source, created_at as "createdAt", updated_at as "updatedAt"`,
);

export function grants({ db, clock, change }: Access, dialect: Store['dialect']): Store['grants'] {
  const insertAll: Store['grants']['insertAll'] = (rows) => {
    const stored = rows.map((row) => newGrant(row, clock()));
    return change(async (tx) => {
      await requireReached(tx, stored);
      await forgetRetired(tx, stored);
      const inserted: GrantRow[] = [];
      for (let from = 0; from < stored.length; from += PAGE_ROWS) {
        const some = stored.slice(from, from + PAGE_ROWS);
        await tx.insertInto('grants').values(some).execute();
        for (const [place, row] of some.entries()) {
          const { further = [] } = rows[from + place]!;
          if (further.length > 0) await replaceFurther(tx, row.id, further);
          inserted.push(grantRow(row, further));
        }
        await nextTurn();
      }
      return inserted;
    });
  };
  return {
    async list(serverId) {
      const query = sql<StoredGrant>`
        select ${COLUMNS} from grants ${serverId === undefined ? sql`` : reaching(serverId)} order by created_at, id`;
      const { rows } = await query.execute(db.withoutPlugins());
      return completeAll(db, rows);
    },

    async *pages() {
      for (let last = ''; ; await nextTurn()) {
        const { rows } = await sql<StoredGrant>`
          select ${COLUMNS} from grants where id > ${last} order by id limit ${PAGE_ROWS}`.execute(
          db.withoutPlugins(),
        );
        if (rows.length > 0) {
          const further = await furtherBetween(db, rows[0]!.id, rows.at(-1)!.id);
          yield rows.map((row) => grantRow(row, further.get(row.id)));
        }
        if (rows.length < PAGE_ROWS) return;
        last = rows.at(-1)!.id;
      }
    },

    async *fitting(filter, range) {
      for await (const rows of fittingGrants(db, dialect, clock(), filter, range))
        yield completeAll(db, rows);
    },

    async newestOf(serverId, most) {
      const query = db.selectFrom('grants').selectAll().where('serverId', '=', serverId);
      return completeAll(db, await query.orderBy('id', 'desc').limit(most).execute());
    },

    counts: (hidden) => grantCounts(db, clock(), hidden),

    async changedSince(revision) {
      // In this order: whoever compares the number with what was added takes it for too small, and never misses a removal.
      const count = db.selectFrom('grants').select((eb) => eb.fn.countAll<number>().as('total'));
      const total = Number((await count.executeTakeFirstOrThrow()).total);
      const rows: GrantRow[] = [];
      for (let last: { revision: number; id: string } | undefined; ; await nextTurn()) {
        const some = await db
          .selectFrom('grants')
          .selectAll()
          .where(
            last === undefined
              ? sql<SqlBool>`revision > ${revision}`
              : sql<SqlBool>`(revision, id) > (${last.revision}, ${last.id})`,
          )
          .orderBy('revision')
          .orderBy('id')
          .limit(PAGE_ROWS)
          .execute();
        rows.push(...(await completeAll(db, some)));
        if (some.length < PAGE_ROWS) return { total, rows };
        last = some.at(-1)!;
      }
    },

    async *ids() {
      for (let last = ''; ; await nextTurn()) {
        const query = db.selectFrom('grants').select('id').where('id', '>', last).orderBy('id');
        const rows = await query.limit(PAGE_IDS).execute();
        yield rows.map(({ id }) => id);
        if (rows.length < PAGE_IDS) return;
        last = rows.at(-1)!.id;
      }
    },

    async ofFile(tokenHashes) {
      const rows = await db.selectFrom('grants').selectAll().where('source', '=', 'config').execute();
      for (let from = 0; from < tokenHashes.length; from += PAGE_ROWS) {
        const hashes = tokenHashes.slice(from, from + PAGE_ROWS);
        const retired = db
          .selectFrom('retiredTokens')
          .select('grantId')
          .where('retiredTokens.tokenHash', 'in', hashes);
        const held = await db
          .selectFrom('grants')
          .selectAll()
          .where((eb) => eb.or([eb('tokenHash', 'in', hashes), eb('id', 'in', retired)]))
          .execute();
        rows.push(...held);
      }
      const once = new Map(rows.map((row) => [row.id, row]));
      return completeAll(
        db,
        [...once.values()].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
      );
    },

    async get(id) {
      const row = await db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : complete(db, row);
    },

    insert: async (row) => (await insertAll([row]))[0]!,

    insertAll,

    async update(id, patch) {
      const { label, tags, owner, ownerId, allowedAddresses, expiresAt, revokedAt } = patch;
      const { serverId, policyId, further } = patch;
      return change(async (tx) => {
        const before = await requireGrant(tx, id);
        if (serverId !== undefined) await requireServer(tx, serverId);
        const kept = serverId === undefined ? undefined : before.policyId;
        await requirePolicyOf(tx, serverId ?? before.serverId, policyId === undefined ? kept : policyId);
        if (further !== undefined) await replaceFurther(tx, id, further);
        const row = await tx
          .updateTable('grants')
          .set({
            label,
            owner,
            ownerId,
            tags: tags && JSON.stringify(tags),
            allowedAddresses: allowedAddresses && JSON.stringify(allowedAddresses),
            serverId,
            policyId,
            expiresAt,
            revokedAt,
            updatedAt: clock(),
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst();
        return complete(tx, present(row, 'grant'));
      });
    },

    async rotate(id, { tokenHash, sealedToken }, retireAt) {
      const now = clock();
      const row = await change(async (tx) => {
        const before = await requireGrant(tx, id);
        await tx.deleteFrom('retiredTokens').where('validUntil', '<=', now).execute();
        await forgetRetired(tx, [{ id, tokenHash }]);
        if (before.tokenHash !== tokenHash && retireAt > now) {
          const retired = { tokenHash: before.tokenHash, grantId: id, validUntil: retireAt };
          await tx.insertInto('retiredTokens').values(retired).execute();
        }
        return tx
          .updateTable('grants')
          .set({ tokenHash, sealedToken, updatedAt: now })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst();
      });
      return complete(db, present(row, 'grant'));
    },

    retired() {
      return db.selectFrom('retiredTokens').selectAll().where('validUntil', '>', clock()).execute();
    },

    async remove(id) {
      await change(async (tx) => {
        present(
          await tx.deleteFrom('grants').where('id', '=', id).returning('id').executeTakeFirst(),
          'grant',
        );
      });
    },
  };
}

async function complete(db: Db | Tx, row: Stored): Promise<GrantRow> {
  return grantRow(row, (await furtherServers(db, [row.id])).get(row.id));
}

/** First or further. */
function reaching(serverId: string) {
  return sql`where id in (
    select id from grants where server_id = ${serverId}
    union all select grant_id from grant_servers where server_id = ${serverId})`;
}

async function completeAll(db: Db, rows: readonly StoredGrant[]): Promise<GrantRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const further = await furtherServers(db, ids.length > PAGE_ROWS ? undefined : ids);
  return rows.map((row) => grantRow(row, further.get(row.id)));
}

async function requireGrant(tx: Tx, id: string): Promise<Stored> {
  return present(await tx.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst(), 'grant');
}

/** A token that comes back is no longer retired; one that another grant still answers to cannot come back. */
async function forgetRetired(
  tx: Tx,
  grants: readonly { readonly id: string; readonly tokenHash: string }[],
): Promise<void> {
  const holders = new Map(grants.map(({ id, tokenHash }) => [tokenHash, id]));
  const hashes = [...holders.keys()];
  for (let from = 0; from < hashes.length; from += PAGE_ROWS) {
    const rows = await tx
      .deleteFrom('retiredTokens')
      .where('tokenHash', 'in', hashes.slice(from, from + PAGE_ROWS))
      .returning(['grantId', 'tokenHash'])
      .execute();
    if (rows.some(({ grantId, tokenHash }) => holders.get(tokenHash) !== grantId))
      throw conflict('retired_tokens_token_hash');
  }
}

/** @throws PC_API_NOT_FOUND, PC_API_INVALID: thousands of grants reach few servers by few policies */
async function requireReached(tx: Tx, rows: readonly Pick<Stored, 'serverId' | 'policyId'>[]): Promise<void> {
  const policies = new Map<string, Set<string | null>>();
  for (const { serverId, policyId } of rows)
    policies.set(serverId, (policies.get(serverId) ?? new Set()).add(policyId));
  for (const [serverId, ids] of policies) {
    await requireServer(tx, serverId);
    for (const policyId of ids) await requirePolicyOf(tx, serverId, policyId);
  }
}

function newGrant(
  { tags, owner = null, ownerId = null, allowedAddresses = [], further: _further, ...row }: NewGrant,
  now: number,
): StoredGrant {
  const lists = { allowedAddresses: JSON.stringify(allowedAddresses), tags: JSON.stringify(tags) };
  return { ...row, ...lists, owner, ownerId, revokedAt: null, createdAt: now, updatedAt: now };
}
