import { withoutUndefined } from '../../json.ts';
import type { Command } from 'commander';
import { approvalSettingsShape, checkInput } from '../../api/index.ts';
import { approvalSettings, setApprovalSettings, whoMay } from '../../approvals/index.ts';
import { recordEvent, requireServer, type Role } from '../../registry/index.ts';
import { collect, countOf, roleOf } from '../arguments.ts';
import { cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

interface Options {
  readonly role?: Role;
  /** False for whoever has the role. */
  readonly approver: readonly string[] | false;
  readonly people?: number;
  readonly json?: boolean;
}

export function approvalsSettings(group: Command, io: Io): void {
  group
    .command('settings')
    .description(
      'who may approve calls of a server; with options it is changed, for what is asked from then on',
    )
    .argument('<server>', 'id or slug')
    .option('--role <role>', 'the least role: viewer, policy_manager or admin', roleOf)
    .option(
      '--approver <name>',
      'one who may, by the name that answers are counted by, in place of those before; repeatable',
      collect,
      [],
    )
    .option('--no-approver', 'whoever has the role')
    .option('--people <count>', 'how many different people must agree: 1 or 2', countOf)
    .option('--json', 'print JSON')
    .action((server: string, { json, ...options }: Options) =>
      withInstallation(io, async ({ registry, store }) => {
        const { id } = await requireServer(registry, server);
        const before = await approvalSettings(store, id);
        const change = changeOf(options);
        const settings = checkInput(approvalSettingsShape, { ...before, ...change });
        if (Object.keys(change).length > 0) {
          await setApprovalSettings(store, id, settings);
          await recordEvent(registry, cliActor(), 'approval_settings.update', id, { ...settings });
        }
        io.out(json === true ? JSON.stringify(settings, null, 2) : plain(whoMay(settings)));
      }),
    );
}

function changeOf({ role, approver, people }: Options): object {
  const approvers = approver === false ? [] : approver.length > 0 ? approver : undefined;
  const given = { role, approvers, people };
  return withoutUndefined(given);
}
