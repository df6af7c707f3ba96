/** Whether an approval would be given for a call that can no longer be made as it was shown. */
import { serversOf, type ApprovalRow, type Store } from '../store/index.ts';

/** Looks at the registered grant, policy and tool. What is not registered (a wrapped server) is judged at the next call. @throws PC_STORE_UNAVAILABLE */
export async function hasChanged(
  { grants, policies, tools }: Pick<Store, 'grants' | 'policies' | 'tools'>,
  row: ApprovalRow,
): Promise<boolean> {
  const grant = await grants.get(row.grantId);
  if (grant === undefined) return false;
  const reached = serversOf(grant).find(({ serverId }) => serverId === row.serverId);
  if (grant.revokedAt !== null || reached?.policyId !== row.policyId) return true;
  const policy = await policies.get(row.policyId);
  if (policy?.version !== row.policyVersion) return true;
  const tool = (await tools.list(row.serverId)).find(({ name }) => name === row.tool);
  return tool !== undefined && tool.digest !== row.definitionDigest;
}
