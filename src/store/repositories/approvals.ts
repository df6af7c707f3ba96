import type { UpdateObject } from 'kysely';
import type { ApprovalFilter, ApprovalRow, ApprovalStore } from '../approval-types.ts';
import type { Access } from '../changes.ts';
import { decodeCursor, encodeCursor, pageLimit } from '../cursor.ts';
import type { Page, PageRequest } from '../page-types.ts';
import { approvalRow, jsonText } from '../rows.ts';
import type { Db, StoredApproval, Tables } from '../schema.ts';
import { approvalVotes } from './approval-votes.ts';

const LIVE = ['pending', 'approved'] as const;
const MOST_CHANGES = 500;

export function approvals(access: Access): ApprovalStore {
  const { db, write } = access;
  const set = async (
    id: string,
    from: readonly ApprovalRow['state'][],
    values: UpdateObject<Tables, 'approvals'>,
    standsAt?: number,
  ): Promise<ApprovalRow | undefined> => {
    const row = await write((tx) =>
      tx
        .updateTable('approvals')
        .set(values)
        .where('id', '=', id)
        .where('state', 'in', from)
        .$if(standsAt !== undefined, (query) => query.where('expiresAt', '>', standsAt ?? 0))
        .returningAll()
        .executeTakeFirst(),
    );
    return row === undefined ? undefined : approvalRow(row);
  };
  const first = async (query: Promise<StoredApproval | undefined>): Promise<ApprovalRow | undefined> => {
    const row = await query;
    return row === undefined ? undefined : approvalRow(row);
  };
  return {
    ...approvalVotes(access),

    async request(given) {
      const { requestedAt: now, fingerprint } = given;
      const stored: StoredApproval = {
        ...given,
        approvers: JSON.stringify(given.approvers),
        state: 'pending',
        decidedAt: null,
        claimedAt: null,
        claimedBy: null,
        returnedAt: null,
        result: null,
        told: 0,
        logged: 0,
        updatedAt: now,
      };
      return write(async (tx) => {
        await tx
          .updateTable('approvals')
          .set({ state: 'expired', decidedAt: now, updatedAt: now })
          .where('fingerprint', '=', fingerprint)
          .where('state', 'in', LIVE)
          .where('expiresAt', '<=', now)
          .execute();
        const inserted = await tx
          .insertInto('approvals')
          .values(stored)
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        const row = await tx
          .selectFrom('approvals')
          .selectAll()
          .where('fingerprint', '=', fingerprint)
          .where('state', 'in', LIVE)
          .executeTakeFirstOrThrow();
        return { row: approvalRow(row), created: inserted !== undefined };
      });
    },

    get: (id) => first(db.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst()),

    latest: (fingerprint) =>
      first(
        db
          .selectFrom('approvals')
          .selectAll()
          .where('fingerprint', '=', fingerprint)
          .orderBy('requestedAt', 'desc')
          .orderBy('id', 'desc')
          .executeTakeFirst(),
      ),

    page: (filter, request) => page(db, filter, request),

    async waiting(grantId) {
      const { waiting } = await db
        .selectFrom('approvals')
        .select((eb) => eb.fn.countAll<number | string>().as('waiting'))
        .where('grantId', '=', grantId)
        .where('state', '=', 'pending')
        .executeTakeFirstOrThrow();
      return Number(waiting);
    },

    async changed(since) {
      const query = db.selectFrom('approvals').selectAll().where('updatedAt', '>=', since);
      return (await query.orderBy('updatedAt').orderBy('id').limit(MOST_CHANGES).execute()).map(approvalRow);
    },

    lastUsed: (serverId, tool, before) =>
      first(
        db
          .selectFrom('approvals')
          .selectAll()
          .where('serverId', '=', serverId)
          .where('tool', '=', tool)
          .where('state', '=', 'used')
          .where('claimedAt', '<', before)
          .where('sealedArguments', 'is not', null)
          .orderBy('claimedAt', 'desc')
          .executeTakeFirst(),
      ),

    claim: (id, call, at) =>
      set(id, ['approved'], { state: 'used', claimedAt: at, claimedBy: call, updatedAt: at }, at),

    async unclaim(id, call, at) {
      await write(async (tx) => {
        const { fingerprint } =
          (await tx
            .selectFrom('approvals')
            .select('fingerprint')
            .where('id', '=', id)
            .where('state', '=', 'used')
            .where('claimedBy', '=', call)
            .where('returnedAt', 'is', null)
            .executeTakeFirst()) ?? {};
        if (fingerprint === undefined) return;
        const other = await tx
          .selectFrom('approvals')
          .select('id')
          .where('fingerprint', '=', fingerprint)
          .where('state', 'in', LIVE)
          .executeTakeFirst();
        if (other !== undefined) return;
        await tx
          .updateTable('approvals')
          .set({ state: 'approved', claimedAt: null, claimedBy: null, updatedAt: at })
          .where('id', '=', id)
          .execute();
      });
    },

    async returned(id, call, at, result) {
      await write((tx) =>
        tx
          .updateTable('approvals')
          .set({ returnedAt: at, result: jsonText(result), updatedAt: at })
          .where('id', '=', id)
          .where('claimedBy', '=', call)
          .execute(),
      );
    },

    async oldestLive() {
      const { oldest } = await db
        .selectFrom('approvals')
        .select((eb) => eb.fn.min('requestedAt').as('oldest'))
        .where('state', 'in', LIVE)
        .executeTakeFirstOrThrow();
      return oldest ?? undefined;
    },

    end: (id, state, at) => set(id, LIVE, { state, decidedAt: at, updatedAt: at }),

    async expire(now) {
      const due = db.selectFrom('approvals').select('id').where('state', 'in', LIVE);
      if ((await due.where('expiresAt', '<=', now).executeTakeFirst()) === undefined) return [];
      const rows = await write((tx) =>
        tx
          .updateTable('approvals')
          .set({ state: 'expired', decidedAt: now, updatedAt: now })
          .where('state', 'in', LIVE)
          .where('expiresAt', '<=', now)
          .returningAll()
          .execute(),
      );
      return rows.map(approvalRow);
    },

    tell: (id) => flag(access, id, 'told'),
    markLogged: (id) => flag(access, id, 'logged'),

    async unlogged() {
      const query = db.selectFrom('approvals').selectAll().where('logged', '=', 0);
      return (await query.where('state', '<>', 'pending').limit(MOST_CHANGES).execute()).map(approvalRow);
    },

    async forgetArguments(before) {
      await write((tx) =>
        tx
          .updateTable('approvals')
          .set({ sealedArguments: null })
          .where('sealedArguments', 'is not', null)
          .where('state', 'not in', LIVE)
          .where('updatedAt', '<', before)
          .execute(),
      );
    },
  };
}

async function flag({ write }: Access, id: string, name: 'told' | 'logged'): Promise<boolean> {
  const row = await write((tx) =>
    tx
      .updateTable('approvals')
      .set({ [name]: 1 })
      .where('id', '=', id)
      .where(name, '=', 0)
      .returning('id')
      .executeTakeFirst(),
  );
  return row !== undefined;
}

async function page(db: Db, filter: ApprovalFilter, request: PageRequest): Promise<Page<ApprovalRow>> {
  const limit = pageLimit(request);
  const before = decodeCursor(request.cursor);
  const { organization, state, server, grant, tool } = filter;
  let query = db.selectFrom('approvals').selectAll();
  if (organization !== undefined) query = query.where('organizationId', '=', organization);
  if (state !== undefined) query = query.where('state', '=', state as ApprovalRow['state']);
  if (server !== undefined) query = query.where('serverId', '=', server);
  if (grant !== undefined) query = query.where('grantId', '=', grant);
  if (tool !== undefined) query = query.where('tool', '=', tool);
  if (before !== undefined)
    query = query.where((eb) => eb(eb.refTuple('requestedAt', 'id'), '<', eb.tuple(before.at, before.chain)));
  const rows = await query
    .orderBy('requestedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(approvalRow),
    nextCursor: last === undefined ? null : encodeCursor({ at: last.requestedAt, seq: 0, chain: last.id }),
  };
}
