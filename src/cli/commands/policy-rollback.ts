import type { Command } from 'commander';
import { showPolicy } from '../../api/index.ts';
import { requireServer, rollbackPolicy } from '../../registry/index.ts';
import { countOf } from '../arguments.ts';
import { findPolicy } from '../find.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

export function policyRollback(group: Command, io: Io): void {
  group
    .command('rollback')
    .description('save an earlier version of a policy as the newest')
    .argument('<server>', 'id or slug')
    .argument('<policy>', 'its name or id')
    .argument('<version>', 'its number', countOf)
    .option('--json', 'print JSON')
    .action((server: string, policy: string, version: number, { json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry }) => {
        const { id, name } = await findPolicy(registry, (await requireServer(registry, server)).id, policy);
        const { row, notes } = await changed(io, registry, () =>
          rollbackPolicy(registry, cliActor(), id, version),
        );
        if (json === true) return io.out(JSON.stringify(showPolicy(row, notes), null, 2));
        io.out(plain(`Saved ${name}, version ${row.version}: as it was in version ${version}.`));
      }),
    );
}
