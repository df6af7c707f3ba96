import type { Command } from 'commander';
import { revokeGrant } from '../../registry/index.ts';
import { findGrant } from '../find.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';

export function grantRevoke(group: Command, io: Io): void {
  group
    .command('revoke')
    .description('end a grant: its next message is refused, its streams are cut')
    .argument('<grant>', 'id, label, or server/label')
    .action((grant: string) =>
      withInstallation(io, async ({ registry }) => {
        const { id, label } = await findGrant(registry, grant);
        await changed(io, registry, () => revokeGrant(registry, cliActor(), id));
        io.out(`Revoked ${label}.`);
      }),
    );
}
