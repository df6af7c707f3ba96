import type { Command } from 'commander';
import { openCatalog } from '../../catalog/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function catalogStats(group: Command, io: Io): void {
  group
    .command('stats')
    .description('how much the catalogue holds')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withInstallation(io, async ({ store }) => {
        const size = await openCatalog(store).size();
        if (json === true) return io.out(JSON.stringify(size, null, 2));
        const updated =
          size.updatedAt === null ? '' : `, changed last at ${new Date(size.updatedAt).toISOString()}`;
        io.out(`${size.servers} servers, ${size.tools} tools${updated}`);
        const rows = [...Object.entries(size.byClass), ...Object.entries(size.bySeverity)];
        printList(
          io,
          false,
          rows.map(([name, count]) => ({ name, count })),
          [
            ['CLASS OR SEVERITY', ({ name }) => name],
            ['TOOLS', ({ count }) => String(count)],
          ],
        );
      }),
    );
}
