/** Every command but those that serve. */
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { AddCommand } from '../program.ts';
import { adminKey } from './admin-key.ts';
import { adminOwnerLink } from './admin-owner-link.ts';
import { adminRotateMasterKey } from './admin-rotate-master-key.ts';
import { alertAdd } from './alert-add.ts';
import { alertList } from './alert-list.ts';
import { alertRemove } from './alert-remove.ts';
import { alertSet } from './alert-set.ts';
import { alertShow } from './alert-show.ts';
import { alertTest } from './alert-test.ts';
import { applyCommand } from './apply.ts';
import { approvalsApprove, approvalsDeny } from './approvals-answer.ts';
import { approvalsList } from './approvals-list.ts';
import { approvalsSettings } from './approvals-settings.ts';
import { approvalsShow } from './approvals-show.ts';
import { catalogMessages } from './catalog-messages.ts';
import { catalogExport } from './catalog-export.ts';
import { catalogImport } from './catalog-import.ts';
import { catalogOverride } from './catalog-override.ts';
import { catalogSearch } from './catalog-search.ts';
import { catalogShow } from './catalog-show.ts';
import { catalogStats } from './catalog-stats.ts';
import { doctorCommand } from './doctor.ts';
import { grantList } from './grant-list.ts';
import { grantMint } from './grant-mint.ts';
import { grantReach } from './grant-reach.ts';
import { grantReveal } from './grant-reveal.ts';
import { grantRevoke } from './grant-revoke.ts';
import { grantRotate } from './grant-rotate.ts';
import { grantSet } from './grant-set.ts';
import { logExport } from './log-export.ts';
import { logShow } from './log-show.ts';
import { logStats } from './log-stats.ts';
import { logTail } from './log-tail.ts';
import { logVerify } from './log-verify.ts';
import { memberInvitations } from './member-invitations.ts';
import { memberInvite } from './member-invite.ts';
import { memberList } from './member-list.ts';
import { memberRemove } from './member-remove.ts';
import { memberSet } from './member-set.ts';
import { memberUninvite } from './member-uninvite.ts';
import { policyBacktest } from './policy-backtest.ts';
import { policyDiff } from './policy-diff.ts';
import { policyAttack } from './policy-attack.ts';
import { policyExplain } from './policy-explain.ts';
import { policyImport } from './policy-import.ts';
import { policyLint } from './policy-lint.ts';
import { policyList } from './policy-list.ts';
import { policySet } from './policy-set.ts';
import { policySuggest } from './policy-suggest.ts';
import { policyTest } from './policy-test.ts';
import { policyValidate } from './policy-validate.ts';
import { policyVersions } from './policy-versions.ts';
import { policyShow } from './policy-show.ts';
import { policyRollback } from './policy-rollback.ts';
import { policyRemove } from './policy-remove.ts';
import { serverTools } from './server-tools.ts';
import { serverOverride } from './server-override.ts';
import { serverRepin } from './server-repin.ts';
import { adminKeys } from './admin-keys.ts';
import { adminRemoveKey } from './admin-remove-key.ts';
import { adminEvents } from './admin-events.ts';
import { scanCommand } from './scan.ts';
import { serverAdd } from './server-add.ts';
import { serverConnect } from './server-connect.ts';
import { serverConnections } from './server-connections.ts';
import { serverDisconnect } from './server-disconnect.ts';
import { serverMembers } from './server-members.ts';
import { serverList } from './server-list.ts';
import { serverRefresh } from './server-refresh.ts';
import { serverRemove } from './server-remove.ts';
import { serverSet } from './server-set.ts';

const GROUPS: Readonly<Record<string, readonly [description: string, commands: readonly AddCommand[]]>> = {
  server: [
    'MCP servers behind the gateway',
    [
      serverAdd,
      serverSet,
      serverList,
      serverRemove,
      serverRefresh,
      serverTools,
      serverOverride,
      serverRepin,
      serverMembers,
      serverConnect,
      serverDisconnect,
      serverConnections,
    ],
  ],
  policy: [
    'what may be called',
    [
      policyValidate,
      policyExplain,
      policyTest,
      policyLint,
      policyDiff,
      policyBacktest,
      policyAttack,
      policySuggest,
      policyImport,
      policySet,
      policyList,
      policyShow,
      policyVersions,
      policyRollback,
      policyRemove,
    ],
  ],
  grant: [
    'who may call',
    [grantMint, grantSet, grantList, grantReach, grantRotate, grantRevoke, grantReveal],
  ],
  approvals: [
    'calls that wait for a person',
    [approvalsList, approvalsShow, approvalsApprove, approvalsDeny, approvalsSettings],
  ],
  alert: ['who is told of what', [alertAdd, alertList, alertShow, alertSet, alertTest, alertRemove]],
  member: [
    'the people of the organization',
    [memberList, memberInvite, memberInvitations, memberUninvite, memberSet, memberRemove],
  ],
  catalog: [
    'what MCP servers and their tools can do',
    [
      catalogImport,
      catalogSearch,
      catalogShow,
      catalogExport,
      catalogOverride,
      catalogStats,
      catalogMessages,
    ],
  ],
  log: ['the decision log', [logTail, logShow, logStats, logExport, logVerify]],
  admin: [
    'accounts, the REST API and the master key',
    [adminKey, adminKeys, adminRemoveKey, adminEvents, adminOwnerLink, adminRotateMasterKey],
  ],
};

export function addCommands(program: Command, io: Io): void {
  for (const [name, [description, commands]] of Object.entries(GROUPS)) {
    const group = program.command(name).description(description);
    for (const add of commands) add(group, io);
  }
  applyCommand(program, io);
  doctorCommand(program, io);
  scanCommand(program, io);
}
