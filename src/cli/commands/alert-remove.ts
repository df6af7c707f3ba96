import type { Command } from 'commander';
import { removeAlert } from '../../alerts/index.ts';
import { findAlert } from '../find.ts';
import { cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

export function alertRemove(group: Command, io: Io): void {
  group
    .command('remove')
    .description('remove an alert, and what it had still to deliver')
    .argument('<alert>', 'its name or id')
    .action((wanted: string) =>
      withInstallation(io, async ({ registry }) => {
        const { id, name } = await findAlert(registry, wanted);
        await removeAlert(registry, cliActor(), id);
        io.out(plain(`Removed ${name}.`));
      }),
    );
}
