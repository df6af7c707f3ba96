import type { Command } from 'commander';
import { changeTool } from '../../registry/index.ts';
import { classOf } from '../catalog-arguments.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

export function serverOverride(group: Command, io: Io): void {
  group
    .command('override')
    .description('say what class a tool of a server has; rules for classes follow it')
    .argument('<server>', 'id or slug')
    .argument('<tool>', 'name')
    .argument(
      '[class]',
      'Read, Write, Execute, Destructive or Financial; without it the override is taken back',
    )
    .action((server: string, tool: string, given: string | undefined) => {
      const toolClass = given === undefined ? null : classOf(given);
      return withInstallation(io, async ({ registry }) => {
        const change = { classOverride: toolClass };
        const row = await changed(io, registry, () => changeTool(registry, cliActor(), server, tool, change));
        io.out(plain(`${tool}: ${toolClass ?? `${row.class}, as found`}`));
      });
    });
}
