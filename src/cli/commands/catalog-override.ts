import type { Command } from 'commander';
import { openCatalog } from '../../catalog/index.ts';
import { OVERRIDE_ARGUMENT, overrideOf } from '../catalog-arguments.ts';
import { withInstallation, type Io } from '../io.ts';

export function catalogOverride(group: Command, io: Io): void {
  group
    .command('override')
    .description('say what class a tool has; it wins over the classifier and stays through refreshes')
    .argument('<server>', 'slug')
    .argument('<tool>', 'name')
    .argument(...OVERRIDE_ARGUMENT)
    .action((server: string, tool: string, given: string | undefined) => {
      const toolClass = overrideOf(given);
      return withInstallation(io, async ({ store }) => {
        await openCatalog(store).setOverride(server, tool, toolClass);
        io.out(toolClass === null ? `${tool}: as the classifier says` : `${tool}: ${toolClass}`);
      });
    });
}
