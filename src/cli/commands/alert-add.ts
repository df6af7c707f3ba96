import { Option, type Command } from 'commander';
import { createAlert } from '../../alerts/index.ts';
import { alertInput, checkInput, showAlert } from '../../api/index.ts';
import { alertInputOf, withAlertOptions, type AlertOptions } from '../alert-options.ts';
import { cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

interface Options extends AlertOptions {
  readonly channel: string;
  readonly json?: boolean;
}

export function alertAdd(group: Command, io: Io): void {
  const command = group
    .command('add')
    .description('tell a channel of events; the secret that signs a webhook is printed, once')
    .argument('<name>', 'what it is called')
    .addOption(
      new Option('--channel <kind>', 'how it is told')
        .choices(['webhook', 'email', 'slack', 'teams'])
        .makeOptionMandatory(),
    );
  withAlertOptions(command)
    .option('--json', 'print JSON')
    .action((name: string, { channel, json, ...options }: Options) => {
      const given = { channel, ...alertInputOf({ ...options, name }, io.variables) };
      return withInstallation(io, async ({ registry }, { smtpUrl }) => {
        const input = checkInput(alertInput, given);
        const { row, secret } = await createAlert(registry, cliActor(), input, smtpUrl !== undefined);
        const shown = { ...showAlert(row), ...(secret === undefined ? {} : { secret }) };
        if (json === true) return io.out(JSON.stringify(shown, null, 2));
        io.out(plain(`Added ${row.name}. Try it: portcullis alert test ${row.id}`));
        if (secret !== undefined) io.out(`It signs with ${secret}, which is not shown again.`);
      });
    });
}
