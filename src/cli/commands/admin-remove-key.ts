import type { Command } from 'commander';
import { removeApiKey } from '../../registry/index.ts';
import { findApiKey } from '../find.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

export function adminRemoveKey(group: Command, io: Io): void {
  group
    .command('remove-key')
    .description('end a key for the REST API: its next request is refused')
    .argument('<key>', 'its id or label')
    .action((key: string) =>
      withInstallation(io, async ({ registry }) => {
        const { id, label } = await findApiKey(registry, key);
        await changed(io, registry, () => removeApiKey(registry, cliActor(), id));
        io.out(plain(`Removed the key ${label}.`));
      }),
    );
}
