import type { AccountStore, InvitationRow } from '../../account-types.ts';
import type { Access } from '../../changes.ts';
import { present } from '../../presence.ts';
import type { Db, Tables } from '../../schema.ts';
import { iso } from './iso.ts';

export function invitations({ db, clock, change, write }: Access): AccountStore['invitations'] {
  const open = () => openOnes(db, clock());
  return {
    async list(organizationId) {
      const rows = await open().where('organizationId', '=', organizationId).orderBy('id').execute();
      return rows.map(invitationRow);
    },

    async forEmail(email) {
      const rows = await open().where('email', '=', email.toLowerCase()).orderBy('createdAt').execute();
      return rows.map(invitationRow);
    },

    async get(id) {
      const row = await open().where('id', '=', id).executeTakeFirst();
      return row && invitationRow(row);
    },

    async insert({ expiresAt, email, ...row }) {
      const stored = {
        ...row,
        email: email.toLowerCase(),
        status: 'pending',
        expiresAt: iso(expiresAt),
        createdAt: iso(clock()),
      };
      return invitationRow(
        await write((tx) =>
          tx.insertInto('invitations').values(stored).returningAll().executeTakeFirstOrThrow(),
        ),
      );
    },

    accept(id, member) {
      return change(async (tx) => {
        const now = iso(clock());
        const taken = await tx
          .updateTable('invitations')
          .set({ status: 'accepted' })
          .where('id', '=', id)
          .where('status', '=', 'pending')
          .where('expiresAt', '>', now)
          .returning(['organizationId', 'role'])
          .executeTakeFirst();
        if (taken === undefined) return false;
        await tx
          .insertInto('members')
          .values({ ...taken, ...member, createdAt: now })
          .onConflict((conflict) => conflict.columns(['organizationId', 'userId']).doNothing())
          .execute();
        return true;
      });
    },

    async remove(organizationId, id) {
      const row = await write((tx) =>
        tx
          .deleteFrom('invitations')
          .where('id', '=', id)
          .where('organizationId', '=', organizationId)
          .where('status', '=', 'pending')
          .returning('id')
          .executeTakeFirst(),
      );
      present(row, 'invitation');
    },
  };
}

function openOnes(db: Db, now: number) {
  return db
    .selectFrom('invitations')
    .selectAll()
    .where('status', '=', 'pending')
    .where('expiresAt', '>', iso(now));
}

function invitationRow(row: Tables['invitations']): InvitationRow {
  const { id, organizationId, email, role, inviterId, expiresAt, createdAt } = row;
  const times = { expiresAt: Date.parse(expiresAt), createdAt: Date.parse(createdAt) };
  return { id, organizationId, email, role, inviterId, ...times };
}
