import type { Command } from 'commander';
import { showServer } from '../../api/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function serverList(group: Command, io: Io): void {
  group
    .command('list')
    .description('all servers')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withInstallation(io, async ({ store }, { publicUrl }) => {
        const rows = (await store.servers.list()).map((row) => showServer(row, publicUrl));
        printList(io, json, rows, [
          ['SERVER', ({ slug }) => slug],
          ['TRANSPORT', ({ transport }) => transport],
          ['TARGET', ({ url, command }) => url ?? command ?? ''],
          ['FOR CLIENTS', ({ gatewayUrl }) => gatewayUrl],
          ['FROM', ({ source }) => source],
        ]);
      }),
    );
}
