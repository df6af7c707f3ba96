import type { Command } from 'commander';
import { dismissMember } from '../../api/index.ts';
import { findMember } from '../find.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { openConnections } from '../open-connections.ts';
import { plain } from '../print.ts';

export function memberRemove(group: Command, io: Io): void {
  group
    .command('remove')
    .description(
      'take a person out of the organization, with what they signed in for at servers; grants they minted stay',
    )
    .argument('<member>', 'e-mail address or id')
    .action((member: string) =>
      withInstallation(io, async (installation, environment) => {
        const { registry } = installation;
        const connections = openConnections(environment, installation);
        const { id, email } = await findMember(registry, member);
        const { revoke } = await changed(io, registry, () =>
          dismissMember({ registry, connections }, cliActor(), id),
        );
        await revoke();
        io.out(plain(`Removed ${email}.`));
      }),
    );
}
