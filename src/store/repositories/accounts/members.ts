import { PortcullisError } from '../../../errors.ts';
import type { AccountStore, MembershipRow } from '../../account-types.ts';
import type { Access } from '../../changes.ts';
import { present } from '../../presence.ts';
import type { Db, Tx } from '../../schema.ts';
import { iso } from './iso.ts';

export function members({ db, clock, change }: Access): AccountStore['members'] {
  return {
    async list(organizationId) {
      return shown(await joined(db).where('members.organizationId', '=', organizationId).execute());
    },

    async of(userId) {
      return shown(await joined(db).where('members.userId', '=', userId).execute());
    },

    async put({ id, organizationId, userId, role }) {
      await change((tx) =>
        tx
          .insertInto('members')
          .values({ id, organizationId, userId, role, createdAt: iso(clock()) })
          .onConflict((conflict) => conflict.columns(['organizationId', 'userId']).doUpdateSet({ role }))
          .execute(),
      );
    },

    async setRole(organizationId, id, role) {
      await change(async (tx) => {
        const row = await tx
          .updateTable('members')
          .set({ role })
          .where('id', '=', id)
          .where('organizationId', '=', organizationId)
          .returning('id')
          .executeTakeFirst();
        present(row, 'member');
        await requireAdmin(tx, organizationId);
      });
    },

    async remove(organizationId, id) {
      await change(async (tx) => {
        const row = await tx
          .deleteFrom('members')
          .where('id', '=', id)
          .where('organizationId', '=', organizationId)
          .returning('userId')
          .executeTakeFirst();
        const { userId } = present(row, 'member');
        await requireAdmin(tx, organizationId);
        await tx
          .deleteFrom('sessions')
          .where('userId', '=', userId)
          .where('activeOrganizationId', '=', organizationId)
          .execute();
        await forgetSignIns(tx, organizationId, userId);
      });
    },
  };
}

/** What a person signed in for at the organization's servers. */
async function forgetSignIns(tx: Tx, organizationId: string, userId: string): Promise<void> {
  for (const table of ['upstreamConnections', 'connectionAttempts'] as const)
    await tx
      .deleteFrom(table)
      .where('owner', '=', userId)
      .where('serverId', 'in', (query) =>
        query.selectFrom('servers').select('servers.id').where('organizationId', '=', organizationId),
      )
      .execute();
}

/** Inside the transaction, so that two admins cannot remove each other at once. */
async function requireAdmin(tx: Tx, organizationId: string): Promise<void> {
  const row = await tx
    .selectFrom('members')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('role', '=', 'admin')
    .limit(1)
    .executeTakeFirst();
  if (row !== undefined) return;
  throw new PortcullisError('PC_API_CONFLICT', { detail: 'An organization keeps at least one admin.' });
}

function joined(db: Db) {
  return db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.userId')
    .innerJoin('organizations', 'organizations.id', 'members.organizationId')
    .select(['members.id', 'members.organizationId', 'members.userId', 'members.role', 'members.createdAt'])
    .select(['users.name', 'users.email', 'users.twoFactorEnabled'])
    .select('organizations.name as organizationName')
    .orderBy('members.createdAt')
    .orderBy('members.id');
}

type Joined = Awaited<ReturnType<ReturnType<typeof joined>['execute']>>;

function shown(rows: Joined): MembershipRow[] {
  return rows.map((row) => ({
    ...row,
    twoFactorEnabled: row.twoFactorEnabled === 1,
    createdAt: Date.parse(row.createdAt),
  }));
}
