import type { Command } from 'commander';
import { showPolicy } from '../../api/index.ts';
import { PortcullisError } from '../../errors.ts';
import { createPolicy, requireServer, savePolicy } from '../../registry/index.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { readText } from '../read-text.ts';

interface Options {
  readonly note?: string;
  readonly json?: boolean;
}

export function policySet(group: Command, io: Io): void {
  group
    .command('set')
    .description('store a policy for a server: a new one, or a new version')
    .argument('<server>', 'id or slug')
    .argument('<name>', 'what it is called')
    .argument('<file>', 'JSON or YAML')
    .option('--note <text>', 'why, for the list of versions')
    .option('--json', 'print JSON')
    .action((server: string, name: string, file: string, { note, json }: Options) =>
      withInstallation(io, async ({ registry }) => {
        const document = await readText(file).catch((cause: NodeJS.ErrnoException) => {
          throw new PortcullisError(
            'PC_CONFIG_INVALID',
            { detail: `${file} cannot be read (${cause.code ?? cause.message})` },
            { cause },
          );
        });
        const { id } = await requireServer(registry, server);
        const before = (await registry.store.policies.list(id)).find((row) => row.name === name);
        const { row, notes } = await changed(io, registry, () =>
          before === undefined
            ? createPolicy(registry, cliActor(), id, { name, document, note })
            : savePolicy(registry, cliActor(), before.id, { document, note }),
        );
        for (const { pointer, message } of notes) io.err(`${pointer} ${message}`);
        io.out(
          json === true
            ? JSON.stringify(showPolicy(row, notes), null, 2)
            : `Saved ${name}, version ${row.version}.`,
        );
      }),
    );
}
