import type { AccountStore } from '../../account-types.ts';
import type { Access } from '../../changes.ts';

export function serverMembers({ db, change }: Access): AccountStore['serverMembers'] {
  return {
    async list() {
      const rows = await db.selectFrom('serverMembers').selectAll().execute();
      return new Map(rows.map(({ serverId, members }) => [serverId, JSON.parse(members) as string[]]));
    },

    async set(serverId, members) {
      await change(async (tx) => {
        await tx.deleteFrom('serverMembers').where('serverId', '=', serverId).execute();
        if (members === null) return;
        await tx
          .insertInto('serverMembers')
          .values({ serverId, members: JSON.stringify(members) })
          .execute();
      });
    },
  };
}
