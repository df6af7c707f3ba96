import type { Command } from 'commander';
import { PortcullisError } from '../../errors.ts';
import { recordEvent } from '../../registry/index.ts';
import { forgetPreviousKeys, rotateKeyFile } from '../../store/index.ts';
import { cliActor, withInstallation, type Io } from '../io.ts';

interface Options {
  readonly forgetPrevious?: boolean;
}

export function adminRotateMasterKey(group: Command, io: Io): void {
  group
    .command('rotate-master-key')
    .description('seal every stored secret under a new master key; a running gateway follows')
    .option(
      '--forget-previous',
      'make no new key: seal what is left under the current one, and delete those before',
    )
    .action(({ forgetPrevious = false }: Options) =>
      withInstallation(io, async ({ registry, home, store, previousKeys }) => {
        const isGiven = Boolean(io.variables['PORTCULLIS_MASTER_KEY']);
        if (isGiven && previousKeys.length === 0)
          throw new PortcullisError('PC_CONFIG_INVALID', {
            detail:
              'set PORTCULLIS_MASTER_KEY to the new key and PORTCULLIS_MASTER_KEY_PREVIOUS to the one before, everywhere, then run this again',
          });
        if (!isGiven && !forgetPrevious) rotateKeyFile(home, io.variables);
        const rows = await store.secrets.renew((sealed, place) => registry.box.renew(sealed, place));
        if (forgetPrevious && !isGiven) forgetPreviousKeys(home);
        await recordEvent(registry, cliActor(), 'master-key.rotate', 'master-key', { rows, forgetPrevious });
        io.out(`Sealed ${rows} ${rows === 1 ? 'row' : 'rows'} under the current key.`);
        if (isGiven)
          io.out('PORTCULLIS_MASTER_KEY_PREVIOUS can be removed once every node runs with the new key.');
        else if (!forgetPrevious)
          io.out('The key before stays in master.key.previous; delete it with --forget-previous.');
      }),
    );
}
