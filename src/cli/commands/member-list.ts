import type { Command } from 'commander';
import { showMember } from '../../api/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function memberList(group: Command, io: Io): void {
  group
    .command('list')
    .description('the people of the organization')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store }) => {
        const members = (await store.accounts.members.list(registry.organization)).map(showMember);
        printList(io, json, members, [
          ['EMAIL', ({ email }) => email],
          ['NAME', ({ name }) => name],
          ['ROLE', ({ role }) => role],
          ['SECOND FACTOR', ({ twoFactorEnabled }) => (twoFactorEnabled ? 'yes' : 'no')],
          ['SINCE', ({ createdAt }) => createdAt],
        ]);
      }),
    );
}
