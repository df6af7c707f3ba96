import type { Command } from 'commander';
import { showAlert, showDelivery } from '../../api/index.ts';
import { findAlert } from '../find.ts';
import { withInstallation, type Io } from '../io.ts';
import { printDeliveries } from '../print-deliveries.ts';
import { plain } from '../print.ts';

export function alertShow(group: Command, io: Io): void {
  group
    .command('show')
    .description('an alert with its latest deliveries')
    .argument('<alert>', 'its name or id')
    .option('--json', 'print JSON')
    .action((wanted: string, { json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store }) => {
        const row = await findAlert(registry, wanted);
        const deliveries = (await store.alerts.deliveries(row.id)).map(showDelivery);
        const shown = showAlert(row);
        if (json === true) return io.out(JSON.stringify({ ...shown, deliveries }, null, 2));
        const { name, channel, target, events, rule, windowSeconds, links, enabled } = shown;
        io.out(plain(`${name}: ${channel} to ${target}, ${enabled ? 'on' : 'off'}`));
        io.out(plain(`tells of ${events.join(', ')}${rule === null ? '' : ` by ${rule}`}`));
        io.out(`the same once in ${windowSeconds} s; links to answer by: ${links ? 'yes' : 'no'}`);
        printDeliveries(io, deliveries);
      }),
    );
}
