import type { Command } from 'commander';
import { invite } from '../../accounts/index.ts';
import { checkInput, inviteInput, showInvitation } from '../../api/index.ts';
import { recordEvent, type Role } from '../../registry/index.ts';
import { roleOf } from '../arguments.ts';
import { cliActor, withInstallation, type Io } from '../io.ts';

interface Options {
  readonly role: Role;
  readonly json?: boolean;
}

export function memberInvite(group: Command, io: Io): void {
  group
    .command('invite')
    .description('invite somebody: prints the link, and mails it where a mail server is set')
    .argument('<email>', 'their address')
    .option('--role <role>', 'viewer, policy_manager or admin', roleOf, 'viewer')
    .option('--json', 'print JSON')
    .action((address: string, { role, json }: Options) =>
      withInstallation(io, async ({ registry }, { accounts: settings, publicUrl }) => {
        const invited = checkInput(inviteInput, { email: address, role });
        const actor = cliActor();
        const logger = {
          info() {},
          warn() {},
          error: (_: object, what: string) => io.err(`portcullis: ${what}`),
        };
        const options = { ...registry, settings, logger, publicUrl };
        const inviter = { id: null, name: actor.name };
        const row = await invite(options, registry.organization, inviter, invited);
        await recordEvent(registry, actor, 'invitation.create', row.email, { role: row.role });
        const shown = showInvitation(row, publicUrl);
        if (json === true) return io.out(JSON.stringify(shown, null, 2));
        io.out(shown.link);
        io.err(`Whoever opens it may join as ${shown.role}, until ${shown.expiresAt}.`);
      }),
    );
}
