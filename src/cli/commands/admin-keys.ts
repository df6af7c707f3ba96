import type { Command } from 'commander';
import { showApiKey } from '../../api/index.ts';
import { listApiKeys } from '../../registry/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function adminKeys(group: Command, io: Io): void {
  group
    .command('keys')
    .description('keys for the REST API, without their secrets')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry }) => {
        const keys = (await listApiKeys(registry)).map(showApiKey);
        printList(io, json, keys, [
          ['LABEL', ({ label }) => label],
          ['ROLE', ({ role }) => role],
          ['EXPIRES', ({ expiresAt }) => expiresAt ?? 'never'],
          ['LAST USED', ({ lastUsedAt }) => lastUsedAt ?? 'never'],
          ['ID', ({ id }) => id],
        ]);
      }),
    );
}
