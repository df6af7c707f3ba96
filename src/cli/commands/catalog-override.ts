import type { Command } from 'commander';
import { openCatalog } from '../../catalog/index.ts';
import { classOf } from '../catalog-arguments.ts';
import { withInstallation, type Io } from '../io.ts';

export function catalogOverride(group: Command, io: Io): void {
  group
    .command('override')
    .description('say what class a tool has; it wins over the classifier and stays through refreshes')
    .argument('<server>', 'slug')
    .argument('<tool>', 'name')
    .argument(
      '[class]',
      'Read, Write, Execute, Destructive or Financial; without it the override is taken back',
    )
    .action((server: string, tool: string, given: string | undefined) => {
      const toolClass = given === undefined ? null : classOf(given);
      return withInstallation(io, async ({ store }) => {
        await openCatalog(store).setOverride(server, tool, toolClass);
        io.out(toolClass === null ? `${tool}: as the classifier says` : `${tool}: ${toolClass}`);
      });
    });
}
