import type { Command } from 'commander';
import { showPolicy } from '../../api/index.ts';
import { requireServer } from '../../registry/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function policyList(group: Command, io: Io): void {
  group
    .command('list')
    .description('all policies, or those of one server')
    .argument('[server]', 'id or slug')
    .option('--json', 'print JSON')
    .action((server: string | undefined, { json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store }) => {
        const only = server === undefined ? undefined : (await requireServer(registry, server)).id;
        const slugs = new Map((await store.servers.list()).map(({ id, slug }) => [id, slug]));
        const rows = (await store.policies.list(only)).map((row) => showPolicy(row));
        printList(io, json, rows, [
          ['SERVER', ({ serverId }) => slugs.get(serverId) ?? serverId],
          ['POLICY', ({ name }) => name],
          ['VERSION', ({ version }) => String(version)],
          ['CHANGED', ({ updatedAt }) => updatedAt],
          ['FROM', ({ source }) => source],
        ]);
      }),
    );
}
