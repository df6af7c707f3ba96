import type { Command } from 'commander';
import { recordEvent } from '../../registry/index.ts';
import { findInvitations } from '../find.ts';
import { cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

export function memberUninvite(group: Command, io: Io): void {
  group
    .command('uninvite')
    .description('take back every open invitation of somebody: their links lead nowhere')
    .argument('<email>', 'their address, or the id of one invitation')
    .action((wanted: string) =>
      withInstallation(io, async ({ registry, store }) => {
        for (const { id, email } of await findInvitations(registry, wanted)) {
          await store.accounts.invitations.remove(registry.organization, id);
          await recordEvent(registry, cliActor(), 'invitation.remove', email, {});
          io.out(plain(`Took back the invitation of ${email}.`));
        }
      }),
    );
}
