import type { Command } from 'commander';
import { showEvent } from '../../api/index.ts';
import { countOf } from '../arguments.ts';
import { firstOf } from '../first-of.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function adminEvents(group: Command, io: Io): void {
  group
    .command('events')
    .description('who changed what, newest first')
    .option('-n, --number <count>', 'how many', countOf, 50)
    .option('--json', 'print JSON')
    .action(({ number, json }: { number: number; json?: boolean }) =>
      withInstallation(io, async ({ registry, store }) => {
        const events = await firstOf(number, (page) => store.events.page(registry.organization, page));
        printList(io, json, events.map(showEvent), [
          ['AT', ({ at }) => at],
          ['WHO', ({ actor }) => actor],
          ['DID', ({ action }) => action],
          ['TO', ({ subject }) => subject],
          ['DETAIL', ({ detail }) => JSON.stringify(detail)],
        ]);
      }),
    );
}
