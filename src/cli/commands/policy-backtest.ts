import type { Command } from 'commander';
import { compilePolicy } from '../../policy/index.ts';
import { backtest, requireServer } from '../../registry/index.ts';
import { countOf } from '../arguments.ts';
import { withInstallation, type Io } from '../io.ts';
import { readPolicyFile } from '../policy-file.ts';
import { plain } from '../print.ts';
import { openToolBook } from '../tool-facts.ts';

interface Options {
  readonly server: string;
  readonly days: number;
  readonly json?: boolean;
}

export function policyBacktest(group: Command, io: Io): void {
  group
    .command('backtest')
    .description('what a policy would have said to past calls; exit code 1 when it says otherwise')
    .argument('<file>', 'JSON or YAML')
    .requiredOption('--server <server>', 'id or slug')
    .option('--days <days>', 'how far back', countOf, 7)
    .option('--json', 'print JSON')
    .action(async (file: string, { server, days, json }: Options) => {
      const policy = compilePolicy(await readPolicyFile(file));
      const book = await openToolBook(io, server);
      const found = await withInstallation(io, async ({ registry }) => {
        const { id: serverId } = await requireServer(registry, server);
        const to = registry.now();
        const from = to - days * 86_400_000;
        return backtest(registry, policy, (tool) => book.facts(tool), { serverId, from, to });
      });
      if (json === true) io.out(JSON.stringify(found, null, 2));
      else {
        io.out(
          `${found.calls} calls${found.partial ? ' (there were more)' : ''}: ${found.same} decided as they were`,
        );
        for (const { tool, was, stance, rule, calls } of found.changes)
          io.out(plain(`${calls} x ${tool}: ${was} -> ${stance} ${rule}`));
        for (const { tool, rule, calls } of found.open)
          io.out(plain(`${calls} x ${tool}: cannot be told without the values of arguments (${rule})`));
      }
      if (found.different > 0) io.fail();
    });
}
