import { InvalidArgumentError, type Command } from 'commander';
import { patchAlert } from '../../alerts/index.ts';
import { alertPatch, checkInput, showAlert } from '../../api/index.ts';
import { alertInputOf, withAlertOptions, type AlertOptions } from '../alert-options.ts';
import { findAlert } from '../find.ts';
import { cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

interface Options extends AlertOptions {
  readonly on?: boolean;
  readonly off?: boolean;
  readonly json?: boolean;
}

export function alertSet(group: Command, io: Io): void {
  withAlertOptions(group.command('set'))
    .description('change an alert; what is not named stays')
    .argument('<alert>', 'its name or id')
    .option('--name <name>', 'what it is called')
    .option('--no-server', 'of every server')
    .option('--no-rule', 'by every rule')
    .option('--on', 'tell again')
    .option('--off', 'tell nothing for now')
    .option('--json', 'print JSON')
    .action((wanted: string, { on, off, json, ...options }: Options) => {
      if (on === true && off === true) throw new InvalidArgumentError('--on and --off: one of them');
      const enabled = on === true ? true : off === true ? false : undefined;
      const given = alertInputOf({ ...options, ...(enabled === undefined ? {} : { enabled }) }, io.variables);
      if (Object.keys(given).length === 0)
        throw new InvalidArgumentError('alert set needs something to change');
      return withInstallation(io, async ({ registry }, { smtpUrl }) => {
        const patch = checkInput(alertPatch, given);
        const { id } = await findAlert(registry, wanted);
        const row = await patchAlert(registry, cliActor(), id, patch, smtpUrl !== undefined);
        io.out(json === true ? JSON.stringify(showAlert(row), null, 2) : plain(`Changed ${row.name}.`));
      });
    });
}
