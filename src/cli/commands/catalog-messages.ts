import type { Command } from 'commander';
import { showContactMessage } from '../../api/index.ts';
import { countOf } from '../arguments.ts';
import { withInstallation, type Io } from '../io.ts';
import { plain, printList } from '../print.ts';

export function catalogMessages(group: Command, io: Io): void {
  group
    .command('messages')
    .description('letters from the contact form of the public pages, newest first')
    .option('-n, --number <count>', 'how many, at most 500', countOf, 50)
    .option('--json', 'print JSON')
    .action(({ number, json }: { number: number; json?: boolean }) =>
      withInstallation(io, async ({ store }) => {
        const { items } = await store.contactMessages.page({ limit: number });
        const letters = items.map(showContactMessage);
        if (json === true || letters.length === 0) return printList(io, json, letters, []);
        for (const { at, name, email, page, message } of letters) {
          io.out(plain(`${at}  ${name} <${email}>  from ${page}`));
          for (const line of message.split('\n')) io.out(`  ${plain(line)}`);
        }
      }),
    );
}
