import type { Command } from 'commander';
import { storedViews } from '../../gateway/index.ts';
import { requireServer } from '../../registry/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printTools } from '../print-tools.ts';

export function serverTools(group: Command, io: Io): void {
  group
    .command('tools')
    .description('the tools of a server as it last listed them, and what they can do')
    .argument('<server>', 'id or slug')
    .option('--json', 'print JSON: with definition and evidence')
    .action((server: string, { json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store }) => {
        const { id } = await requireServer(registry, server);
        printTools(io, json, await storedViews(store, id));
      }),
    );
}
