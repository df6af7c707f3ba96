import type { Command } from 'commander';
import { removeServer } from '../../registry/index.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';

export function serverRemove(group: Command, io: Io): void {
  group
    .command('remove')
    .description('remove a server with its policies and grants')
    .argument('<server>', 'id or slug')
    .action((server: string) =>
      withInstallation(io, async ({ registry }) => {
        await changed(io, registry, () => removeServer(registry, cliActor(), server));
        io.out(`Removed ${server}.`);
      }),
    );
}
