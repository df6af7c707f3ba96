import type { Command } from 'commander';
import { changeTool } from '../../registry/index.ts';
import { OVERRIDE_ARGUMENT, overrideOf } from '../catalog-arguments.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

export function serverOverride(group: Command, io: Io): void {
  group
    .command('override')
    .description('say what class a tool of a server has; rules for classes follow it')
    .argument('<server>', 'id or slug')
    .argument('<tool>', 'name')
    .argument(...OVERRIDE_ARGUMENT)
    .action((server: string, tool: string, given: string | undefined) => {
      const toolClass = overrideOf(given);
      return withInstallation(io, async ({ registry }) => {
        const change = { classOverride: toolClass };
        const row = await changed(io, registry, () => changeTool(registry, cliActor(), server, tool, change));
        io.out(plain(`${tool}: ${toolClass ?? `${row.class}, as found`}`));
      });
    });
}
