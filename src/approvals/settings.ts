/** Who may decide the calls of a server. Kept with the small settings of the installation. */
import type { Store } from '../store/index.ts';
import type { ApprovalSettings } from './types.ts';

const DEFAULT: ApprovalSettings = { role: 'policy_manager', approvers: [], people: 1 };

/** What holds for a server. @throws PC_STORE_UNAVAILABLE */
export async function approvalSettings(
  store: Pick<Store, 'settings'>,
  serverId: string,
): Promise<ApprovalSettings> {
  const own = await store.settings.get(nameOf(serverId));
  return own === undefined ? DEFAULT : (JSON.parse(own) as ApprovalSettings);
}

/** Pending approvals keep the setting that they were asked under. @throws PC_STORE_UNAVAILABLE */
export async function setApprovalSettings(
  store: Pick<Store, 'settings'>,
  serverId: string,
  settings: ApprovalSettings,
): Promise<void> {
  await store.settings.set(nameOf(serverId), JSON.stringify(settings));
}

/** Who may, in words. */
export function whoMay({
  role,
  approvers,
  people,
}: Pick<ApprovalSettings, 'approvers' | 'people'> & { role: string }): string {
  const who = approvers.length > 0 ? approvers.join(', ') : `somebody with the role ${role} or above`;
  return people > 1 ? `${people} different people (${who})` : who;
}

function nameOf(serverId: string): string {
  return `approvals.${serverId}`;
}
