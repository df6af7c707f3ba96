import { PortcullisError } from '../../errors.ts';
import type { Access } from '../changes.ts';
import { present, requireServer } from '../presence.ts';
import { connectionRow } from '../rows.ts';
import type { Tx } from '../schema.ts';
import type { Store } from '../types.ts';

export function upstreamConnections({ db, clock, change, write }: Access): Store['upstreamConnections'] {
  return {
    async list() {
      return (await db.selectFrom('upstreamConnections').selectAll().execute()).map(connectionRow);
    },

    async get(serverId, owner) {
      const row = await db
        .selectFrom('upstreamConnections')
        .selectAll()
        .where('serverId', '=', serverId)
        .where('owner', '=', owner)
        .executeTakeFirst();
      return row === undefined ? undefined : connectionRow(row);
    },

    async put({ scopes, ...row }) {
      const values = { scopes: JSON.stringify(scopes), refreshingUntil: 0, updatedAt: clock() };
      await change(async (tx) => {
        await requireServer(tx, row.serverId);
        await requireMember(tx, row.serverId, row.owner);
        await tx
          .insertInto('upstreamConnections')
          .values({ ...row, ...values, version: 1 })
          .onConflict((conflict) =>
            conflict.columns(['serverId', 'owner']).doUpdateSet((eb) => ({
              ...values,
              status: row.status,
              expiresAt: row.expiresAt,
              sealed: row.sealed,
              version: eb('upstreamConnections.version', '+', 1),
            })),
          )
          .execute();
      });
    },

    lease(serverId, owner, version, until) {
      return write(async (tx) => {
        const row = await tx
          .updateTable('upstreamConnections')
          .set({ refreshingUntil: until })
          .where('serverId', '=', serverId)
          .where('owner', '=', owner)
          .where('version', '=', version)
          .where('refreshingUntil', '<=', clock())
          .returning('version')
          .executeTakeFirst();
        return row !== undefined;
      });
    },

    replace({ serverId, owner, version, scopes, ...row }) {
      const store = row.status === 'needs-sign-in' ? change : write;
      return store(async (tx) => {
        const updated = await tx
          .updateTable('upstreamConnections')
          .set({
            ...row,
            scopes: JSON.stringify(scopes),
            refreshingUntil: 0,
            updatedAt: clock(),
            version: version + 1,
          })
          .where('serverId', '=', serverId)
          .where('owner', '=', owner)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
        return updated !== undefined;
      });
    },

    async remove(serverId, owner) {
      await change(async (tx) => {
        await tx
          .deleteFrom('upstreamConnections')
          .where('serverId', '=', serverId)
          .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? ''))
          .execute();
      });
    },

    async begin(attempt) {
      await write(async (tx) => {
        await tx.deleteFrom('connectionAttempts').where('expiresAt', '<=', clock()).execute();
        await requireServer(tx, attempt.serverId);
        await tx.insertInto('connectionAttempts').values(attempt).execute();
      });
    },

    take(id) {
      return write(async (tx) => {
        const row = await tx
          .deleteFrom('connectionAttempts')
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst();
        return present(row !== undefined && row.expiresAt > clock() ? row : undefined, 'sign-in');
      });
    },
  };
}

/** In the transaction: a sign-in that comes back after its person was taken out of the organization leaves nothing. */
async function requireMember(tx: Tx, serverId: string, owner: string): Promise<void> {
  if (owner === '') return;
  const member = await tx
    .selectFrom('members')
    .innerJoin('servers', 'servers.organizationId', 'members.organizationId')
    .select('members.id')
    .where('servers.id', '=', serverId)
    .where('members.userId', '=', owner)
    .executeTakeFirst();
  if (member === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'member' });
}
