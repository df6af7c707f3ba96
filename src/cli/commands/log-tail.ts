import { once } from 'node:events';
import type { Command } from 'commander';
import { mergeEntries, type DecisionRecord } from '../../audit/index.ts';
import { DecisionFeed } from '../../registry/index.ts';
import type { Store } from '../../store/index.ts';
import { countOf } from '../arguments.ts';
import { withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

/** The organization of calls through `portcullis wrap`. The canary's calls are neither ours nor theirs. */
const WRAPPED = 'local';

interface Options {
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly lines: number;
}

export function logTail(group: Command, io: Io): void {
  group
    .command('tail')
    .description('the latest decisions')
    .option('-f, --follow', 'go on as they are made')
    .option('-n, --lines <count>', 'how many', countOf, 20)
    .option('--json', 'one JSON object a line')
    .action(({ follow, json, lines }: Options) =>
      withInstallation(io, async ({ store, registry }) => {
        const organizations = [registry.organization, WRAPPED];
        const print = (record: DecisionRecord): void =>
          io.out(json === true ? JSON.stringify(record) : lineOf(record));
        const feed = new DecisionFeed(store);
        const waiting: DecisionRecord[] = [];
        let live = false;
        const take = (record: DecisionRecord): void => {
          if (organizations.includes(record.organization))
            (live ? print : (late: DecisionRecord) => waiting.push(late))(record);
        };
        // Listening begins before reading, so that nothing falls in between.
        if (follow === true) await feed.listen(take);
        const records = await latest(store, organizations, Math.min(lines, 500));
        const shown = new Set(records.map(({ id }) => id));
        for (const record of [...records, ...waiting.filter(({ id }) => !shown.has(id))]) print(record);
        live = true;
        if (follow === true && !io.signal.aborted) await once(io.signal, 'abort');
        feed.close();
      }),
    );
}

/** Oldest first. */
async function latest(
  store: Store,
  organizations: readonly string[],
  count: number,
): Promise<DecisionRecord[]> {
  const pages = organizations.map((organization) =>
    store.entries.page({ kind: 'decision', organization }, { limit: count }),
  );
  const records = (await Promise.all(pages)).flatMap(({ items }) => items.map((row) => mergeEntries([row])));
  return records.toSorted((a, b) => a.at - b.at).slice(-count);
}

function lineOf({ at, outcome, server, grant, tool, method, rule, message }: DecisionRecord): string {
  const what = `${server.name} ${grant?.label ?? '-'} ${tool ?? method}`;
  const why = rule === '' ? '' : ` ${rule}${message === '' ? '' : `: ${message}`}`;
  return plain(`${new Date(at).toISOString()} ${outcome.padEnd(14)} ${what}${why}`);
}
