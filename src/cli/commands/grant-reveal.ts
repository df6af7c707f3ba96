import type { Command } from 'commander';
import { revealGrant } from '../../registry/index.ts';
import { findGrant } from '../find.ts';
import { cliActor, withInstallation, type Io } from '../io.ts';

export function grantReveal(group: Command, io: Io): void {
  group
    .command('reveal')
    .description('print the token of a grant again')
    .argument('<grant>', 'id, label, or server/label')
    .action((grant: string) =>
      withInstallation(io, async ({ registry }) => {
        const { id } = await findGrant(registry, grant);
        io.out((await revealGrant(registry, cliActor(), id)).token);
      }),
    );
}
