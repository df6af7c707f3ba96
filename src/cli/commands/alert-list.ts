import type { Command } from 'commander';
import { showAlert } from '../../api/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function alertList(group: Command, io: Io): void {
  group
    .command('list')
    .description('who is told what')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store }) => {
        const slugs = new Map((await store.servers.list()).map(({ id, slug }) => [id, slug]));
        const alerts = (await store.alerts.list(registry.organization)).map(showAlert);
        printList(io, json, alerts, [
          ['ALERT', ({ name }) => name],
          ['CHANNEL', ({ channel }) => channel],
          ['TARGET', ({ target }) => target],
          ['EVENTS', ({ events }) => events.join(', ')],
          ['SERVER', ({ server }) => (server === null ? 'all' : (slugs.get(server) ?? server))],
          ['STATE', ({ enabled }) => (enabled ? 'on' : 'off')],
        ]);
      }),
    );
}
