import { PortcullisError } from '../../errors.ts';
import type { Access } from '../changes.ts';
import { present } from '../presence.ts';
import { serverRow } from '../rows.ts';
import type { Store } from '../types.ts';
import { handOver } from './grant-servers.ts';

export function servers({ db, clock, change }: Access): Store['servers'] {
  return {
    async list() {
      return (await db.selectFrom('servers').selectAll().orderBy('slug').execute()).map(serverRow);
    },

    async get(idOrSlug) {
      const found = await db
        .selectFrom('servers')
        .selectAll()
        .where((eb) => eb.or([eb('id', '=', idOrSlug), eb('slug', '=', idOrSlug)]))
        .execute();
      // A slug that is another server's id must not stand in for it.
      const row = found.find(({ id }) => id === idOrSlug) ?? found[0];
      return row === undefined ? undefined : serverRow(row);
    },

    async insert({ command, secretNames, caseSensitive, auth, ...row }) {
      const now = clock();
      const stored = {
        ...row,
        command: command === null ? null : JSON.stringify(command),
        secretNames: JSON.stringify(secretNames),
        caseSensitive: Number(caseSensitive),
        auth: auth ? JSON.stringify(auth) : null,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      return serverRow(
        await change((tx) =>
          tx.insertInto('servers').values(stored).returningAll().executeTakeFirstOrThrow(),
        ),
      );
    },

    async update(id, patch, expectedVersion) {
      const { command, secretNames, caseSensitive, auth } = patch;
      const row = await change(async (tx) => {
        const updated = await tx
          .updateTable('servers')
          .set((eb) => ({
            slug: patch.slug,
            name: patch.name,
            transport: patch.transport,
            url: patch.url,
            sealedSecrets: patch.sealedSecrets,
            source: patch.source,
            command: command ? JSON.stringify(command) : command,
            secretNames: secretNames && JSON.stringify(secretNames),
            caseSensitive: caseSensitive === undefined ? undefined : Number(caseSensitive),
            auth: auth ? JSON.stringify(auth) : auth,
            version: eb('version', '+', 1),
            updatedAt: clock(),
          }))
          .where('id', '=', id)
          .$if(expectedVersion !== undefined, (query) => query.where('version', '=', expectedVersion ?? 0))
          .returningAll()
          .executeTakeFirst();
        if (updated !== undefined) return updated;
        const { version } = present(
          await tx.selectFrom('servers').select('version').where('id', '=', id).executeTakeFirst(),
          'server',
        );
        throw new PortcullisError('PC_API_PRECONDITION', { version });
      });
      return serverRow(row);
    },

    async remove(id) {
      await change(async (tx) => {
        await handOver(tx, id);
        present(
          await tx.deleteFrom('servers').where('id', '=', id).returning('id').executeTakeFirst(),
          'server',
        );
      });
    },
  };
}
