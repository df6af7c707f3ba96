import { PortcullisError } from '../../errors.ts';
import { present } from '../presence.ts';
import type { Tx } from '../schema.ts';

/** A policy speaks of one server's tools; under another server's grant it would allow what nobody meant. @throws PC_API_INVALID, PC_API_NOT_FOUND */
export async function requirePolicyOf(
  tx: Tx,
  serverId: string,
  policyId: string | null | undefined,
  pointer = '/policyId',
): Promise<void> {
  if (policyId === null || policyId === undefined) return;
  const query = tx.selectFrom('policies').select('serverId').where('id', '=', policyId);
  const policy = present(await query.executeTakeFirst(), 'policy');
  if (policy.serverId === serverId) return;
  const problem = { pointer, message: 'This policy belongs to another server.' };
  throw new PortcullisError('PC_API_INVALID', {}, { problems: [problem] });
}
