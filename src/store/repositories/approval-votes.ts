import type { ApprovalStore } from '../approval-types.ts';
import type { Access } from '../changes.ts';
import { approvalRow } from '../rows.ts';

type Parts = 'votes' | 'vote' | 'addLink' | 'link' | 'useLink';

/** What people say, and the links that they say it by. */
export function approvalVotes({ db, write }: Access): Pick<ApprovalStore, Parts> {
  return {
    votes(approvalId) {
      const query = db.selectFrom('approvalVotes').selectAll().where('approvalId', '=', approvalId);
      return query.orderBy('at').orderBy('actor').execute();
    },

    vote(vote) {
      const { approvalId, verdict, at } = vote;
      return write(async (tx) => {
        // Updated first: on PostgreSQL that locks the row, so that two votes count each other.
        const row = await tx
          .updateTable('approvals')
          .set({ updatedAt: at })
          .where('id', '=', approvalId)
          .where('state', '=', 'pending')
          .where('expiresAt', '>', at)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        const added = await tx
          .insertInto('approvalVotes')
          .values(vote)
          .onConflict((conflict) => conflict.doNothing())
          .returning('actor')
          .executeTakeFirst();
        if (added === undefined) return approvalRow(row);
        const { agreed } = await tx
          .selectFrom('approvalVotes')
          .select((eb) => eb.fn.countAll<number | string>().as('agreed'))
          .where('approvalId', '=', approvalId)
          .where('verdict', '=', 'approve')
          .executeTakeFirstOrThrow();
        if (verdict === 'approve' && Number(agreed) < row.people) return approvalRow(row);
        const state = verdict === 'approve' ? ('approved' as const) : ('denied' as const);
        return approvalRow(
          await tx
            .updateTable('approvals')
            .set({ state, decidedAt: at })
            .where('id', '=', approvalId)
            .returningAll()
            .executeTakeFirstOrThrow(),
        );
      });
    },

    async addLink(link) {
      await write((tx) =>
        tx
          .insertInto('approvalLinks')
          .values({ ...link, usedAt: null })
          .execute(),
      );
    },

    link: (id) => db.selectFrom('approvalLinks').selectAll().where('id', '=', id).executeTakeFirst(),

    async useLink(id, at) {
      const row = await write((tx) =>
        tx
          .updateTable('approvalLinks')
          .set({ usedAt: at })
          .where('id', '=', id)
          .where('usedAt', 'is', null)
          .where('expiresAt', '>', at)
          .returning('id')
          .executeTakeFirst(),
      );
      return row !== undefined;
    },
  };
}
