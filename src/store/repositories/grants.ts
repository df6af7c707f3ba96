import { PortcullisError } from '../../errors.ts';
import type { Access } from '../changes.ts';
import { conflict } from '../conflicts.ts';
import { present, requireServer } from '../presence.ts';
import { grantRow } from '../rows.ts';
import type { StoredGrant, Tx } from '../schema.ts';
import type { Store } from '../types.ts';

export function grants({ db, clock, change }: Access): Store['grants'] {
  return {
    async list(serverId) {
      const rows = await db
        .selectFrom('grants')
        .selectAll()
        .$if(serverId !== undefined, (query) => query.where('serverId', '=', serverId ?? ''))
        .orderBy('createdAt')
        .orderBy('id')
        .execute();
      return rows.map(grantRow);
    },

    async get(id) {
      const row = await db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : grantRow(row);
    },

    async insert({ tags, owner = null, ownerId = null, allowedAddresses = [], ...row }) {
      const now = clock();
      const stored = {
        ...row,
        owner,
        ownerId,
        allowedAddresses: JSON.stringify(allowedAddresses),
        tags: JSON.stringify(tags),
        revokedAt: null,
        createdAt: now,
        updatedAt: now,
      };
      return grantRow(
        await change(async (tx) => {
          await requireServer(tx, row.serverId);
          await requirePolicyOf(tx, row.serverId, row.policyId);
          await forgetRetired(tx, row.id, row.tokenHash);
          return tx.insertInto('grants').values(stored).returningAll().executeTakeFirstOrThrow();
        }),
      );
    },

    async update(id, { label, tags, owner, ownerId, allowedAddresses, policyId, expiresAt, revokedAt }) {
      const row = await change(async (tx) => {
        const { serverId } = await requireGrant(tx, id);
        await requirePolicyOf(tx, serverId, policyId);
        return tx
          .updateTable('grants')
          .set({
            label,
            owner,
            ownerId,
            tags: tags && JSON.stringify(tags),
            allowedAddresses: allowedAddresses && JSON.stringify(allowedAddresses),
            policyId,
            expiresAt,
            revokedAt,
            updatedAt: clock(),
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst();
      });
      return grantRow(present(row, 'grant'));
    },

    async rotate(id, { tokenHash, sealedToken }, retireAt) {
      const now = clock();
      const row = await change(async (tx) => {
        const before = await requireGrant(tx, id);
        await tx.deleteFrom('retiredTokens').where('validUntil', '<=', now).execute();
        await forgetRetired(tx, id, tokenHash);
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
      return grantRow(present(row, 'grant'));
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

async function requireGrant(tx: Tx, id: string): Promise<StoredGrant> {
  return present(await tx.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst(), 'grant');
}

/** A policy speaks of one server's tools; under another server's grant it would allow what nobody meant. */
async function requirePolicyOf(tx: Tx, serverId: string, policyId: string | null | undefined): Promise<void> {
  if (policyId === null || policyId === undefined) return;
  const query = tx.selectFrom('policies').select('serverId').where('id', '=', policyId);
  const policy = present(await query.executeTakeFirst(), 'policy');
  if (policy.serverId === serverId) return;
  const problem = { pointer: '/policyId', message: 'This policy belongs to another server.' };
  throw new PortcullisError('PC_API_INVALID', {}, { problems: [problem] });
}

/** A token that comes back is no longer retired; one that another grant still answers to cannot come back. */
async function forgetRetired(tx: Tx, grantId: string, tokenHash: string): Promise<void> {
  const row = await tx
    .deleteFrom('retiredTokens')
    .where('tokenHash', '=', tokenHash)
    .returning('grantId')
    .executeTakeFirst();
  if (row !== undefined && row.grantId !== grantId) throw conflict('retired_tokens_token_hash');
}
