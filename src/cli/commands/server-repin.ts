import type { Command } from 'commander';
import { changeTool, requireServer } from '../../registry/index.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

export function serverRepin(group: Command, io: Io): void {
  group
    .command('repin')
    .description('accept the definition that a tool has now, after it changed')
    .argument('<server>', 'id or slug')
    .argument('<tool...>', 'names; read their definitions first: server tools --json')
    .action((server: string, tools: string[]) =>
      withInstallation(io, async ({ registry }) => {
        const { id } = await requireServer(registry, server);
        for (const tool of tools) {
          const { digest } = await changed(io, registry, () =>
            changeTool(registry, cliActor(), id, tool, { repin: true }),
          );
          io.out(plain(`${tool}: pinned at SHA-256 ${digest}`));
        }
      }),
    );
}
