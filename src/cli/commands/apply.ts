import type { Command } from 'commander';
import {
  applyConfiguration,
  configurationPath,
  describePlan,
  planConfiguration,
  readConfiguration,
} from '../configuration/index.ts';
import { changed, withInstallation, type Io } from '../io.ts';

export function applyCommand(program: Command, io: Io): void {
  program
    .command('apply')
    .description('make servers, policies and grants what a configuration file says')
    .argument('[file]', 'default: PORTCULLIS_CONFIG, else portcullis.yaml in the data directory')
    .option('--dry-run', 'only show what would change')
    .action((file: string | undefined, { dryRun }: { dryRun?: boolean }) =>
      withInstallation(io, async ({ registry }, environment) => {
        const configuration = await readConfiguration(file ?? configurationPath(environment), io.variables);
        const plan = await planConfiguration(registry, configuration);
        for (const warning of plan.warnings) io.err(`portcullis: ${warning}`);
        const changes = describePlan(plan);
        for (const change of changes) io.out(change);
        if (changes.length === 0) return io.out('Nothing to change.');
        if (dryRun === true) return io.out(`${changes.length} to change; nothing was changed.`);
        await changed(io, registry, () => applyConfiguration(registry, plan));
        io.out(`${changes.length} changed.`);
      }),
    );
}
