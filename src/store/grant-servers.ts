import type { GrantRow, GrantServer } from './row-types.ts';

/** Every server that a grant reaches, its first one first. */
export function serversOf({
  serverId,
  policyId,
  further,
}: Pick<GrantRow, 'serverId' | 'policyId' | 'further'>): readonly GrantServer[] {
  return [{ serverId, policyId }, ...further];
}
