import type { Command } from 'commander';
import { PortcullisError } from '../../errors.ts';
import { requireServer } from '../../registry/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printTools } from '../print-tools.ts';

export function serverRefresh(group: Command, io: Io): void {
  group
    .command('refresh')
    .description('ask a server for its tools now')
    .argument('<server>', 'id or slug')
    .option('--json', 'print JSON')
    .action((server: string, { json }: { json?: boolean }) =>
      withInstallation(io, async (installation, environment) => {
        const row = await requireServer(installation.registry, server);
        if (io.probe === undefined)
          throw new PortcullisError('PC_UPSTREAM_UNREACHABLE', {
            server: row.slug,
            detail: 'ask a running gateway to refresh it',
          });
        printTools(io, json, await io.probe(row, installation, environment));
      }),
    );
}
