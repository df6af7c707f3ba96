import type { Command } from 'commander';
import { showVersion } from '../../api/index.ts';
import { requireServer } from '../../registry/index.ts';
import { findPolicy } from '../find.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function policyVersions(group: Command, io: Io): void {
  group
    .command('versions')
    .description('every version of a policy, newest first')
    .argument('<server>', 'id or slug')
    .argument('<policy>', 'its name or id')
    .option('--json', 'print JSON, documents too')
    .action((server: string, policy: string, { json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store }) => {
        const { id } = await findPolicy(registry, (await requireServer(registry, server)).id, policy);
        const versions = (await store.policies.versions(id)).map(showVersion);
        printList(io, json, versions, [
          ['VERSION', ({ version }) => String(version)],
          ['SAVED', ({ createdAt }) => createdAt],
          ['BY', ({ author }) => author],
          ['NOTE', ({ note }) => note ?? ''],
        ]);
      }),
    );
}
