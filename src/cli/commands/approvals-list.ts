import type { Command } from 'commander';
import { showApproval } from '../../api/index.ts';
import { cliApprover } from '../approval-desk.ts';
import { countOf } from '../arguments.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function approvalsList(group: Command, io: Io): void {
  group
    .command('list')
    .description('calls that wait for a person, newest first')
    .option('--all', 'those that ended too')
    .option('--limit <count>', 'at most so many', countOf, 50)
    .option('--json', 'print JSON')
    .action(({ all, limit, json }: { all?: true; limit: number; json?: boolean }) =>
      withInstallation(io, async ({ store }) => {
        const page = await store.approvals.page(all === true ? {} : { state: 'pending' }, { limit });
        const approver = cliApprover();
        printList(
          io,
          json,
          page.items.map((row) => showApproval(row, approver)),
          [
            ['ID', ({ id }) => id],
            ['STATE', ({ state }) => state],
            ['SERVER', ({ server }) => server.name],
            ['TOOL', ({ tool }) => tool],
            ['GRANT', ({ grant }) => grant.label],
            ['EXPIRES', ({ expiresAt }) => expiresAt],
            ['REASON', ({ message }) => message],
          ],
        );
      }),
    );
}
