import { PortcullisError } from '../../errors.ts';
import type { Access } from '../changes.ts';
import { present, requireServer } from '../presence.ts';
import { jsonText, policyRow, policyVersionRow } from '../rows.ts';
import type { StoredPolicy, Tx } from '../schema.ts';
import type { Store } from '../types.ts';

interface Writing {
  readonly written: string;
  readonly note: string | null;
  readonly author: string;
}

export function policies({ db, clock, change }: Access): Store['policies'] {
  return {
    async list(serverId) {
      const rows = await db
        .selectFrom('policies')
        .selectAll()
        .$if(serverId !== undefined, (query) => query.where('serverId', '=', serverId ?? ''))
        .orderBy('name')
        .orderBy('id')
        .execute();
      return rows.map(policyRow);
    },

    async get(id) {
      const row = await db.selectFrom('policies').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : policyRow(row);
    },

    async insert({ id, serverId, name, source, document, written, note, author }) {
      const now = clock();
      const stored = {
        id,
        serverId,
        name,
        source,
        version: 1,
        document: jsonText(document),
        createdAt: now,
        updatedAt: now,
      };
      const row = await change(async (tx) => {
        await requireServer(tx, serverId);
        const inserted = await tx
          .insertInto('policies')
          .values(stored)
          .returningAll()
          .executeTakeFirstOrThrow();
        await keepVersion(tx, inserted, { written, note, author });
        return inserted;
      });
      return policyRow(row);
    },

    async save(id, { name, document, written, note, author }, expectedVersion) {
      const text = jsonText(document);
      const row = await change(async (tx) => {
        const saved = await tx
          .updateTable('policies')
          .set((eb) => ({ name, document: text, version: eb('version', '+', 1), updatedAt: clock() }))
          .where('id', '=', id)
          .$if(expectedVersion !== undefined, (query) => query.where('version', '=', expectedVersion ?? 0))
          .returningAll()
          .executeTakeFirst();
        if (saved === undefined) {
          const { version } = present(
            await tx.selectFrom('policies').select('version').where('id', '=', id).executeTakeFirst(),
            'policy',
          );
          throw new PortcullisError('PC_API_PRECONDITION', { version });
        }
        await keepVersion(tx, saved, { written, note, author });
        return saved;
      });
      return policyRow(row);
    },

    async versions(id) {
      const rows = await db
        .selectFrom('policyVersions')
        .selectAll()
        .where('policyId', '=', id)
        .orderBy('version', 'desc')
        .execute();
      return rows.map(policyVersionRow);
    },

    async remove(id) {
      await change(async (tx) => {
        present(
          await tx.deleteFrom('policies').where('id', '=', id).returning('id').executeTakeFirst(),
          'policy',
        );
      });
    },
  };
}

async function keepVersion(tx: Tx, policy: StoredPolicy, writing: Writing): Promise<void> {
  const { id: policyId, version, document, updatedAt: createdAt } = policy;
  await tx
    .insertInto('policyVersions')
    .values({ policyId, version, document, ...writing, createdAt })
    .execute();
}
