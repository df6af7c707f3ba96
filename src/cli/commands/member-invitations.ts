import type { Command } from 'commander';
import { showInvitation } from '../../api/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function memberInvitations(group: Command, io: Io): void {
  group
    .command('invitations')
    .description('invitations that are open, with their links')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store }, { publicUrl }) => {
        const open = (await store.accounts.invitations.list(registry.organization)).map((row) =>
          showInvitation(row, publicUrl),
        );
        printList(io, json, open, [
          ['EMAIL', ({ email }) => email],
          ['ROLE', ({ role }) => role],
          ['UNTIL', ({ expiresAt }) => expiresAt],
          ['LINK', ({ link }) => link],
        ]);
      }),
    );
}
