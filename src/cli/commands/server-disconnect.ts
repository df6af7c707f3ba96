import type { Command } from 'commander';
import { disconnectServer, requireShared } from '../../api/index.ts';
import { requireServer } from '../../registry/index.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { openConnections } from '../open-connections.ts';

export function serverDisconnect(group: Command, io: Io): void {
  group
    .command('disconnect')
    .description("forget a server's tokens, and revoke them where they came from")
    .argument('<server>', 'id or slug')
    .action((server: string) =>
      withInstallation(io, async (installation, environment) => {
        const { registry } = installation;
        const connections = openConnections(environment, installation);
        const row = await requireServer(registry, server);
        requireShared(
          row,
          `Here everybody disconnects for themself, at ${environment.publicUrl}/servers/${row.slug}`,
        );
        const revoked = await changed(io, registry, () =>
          disconnectServer({ registry, connections }, cliActor(), row),
        );
        io.out(`Disconnected from ${row.slug}.`);
        if (!revoked) io.err('Its authorization server did not confirm that the tokens are revoked.');
      }),
    );
}
