import { once } from 'node:events';
import { InvalidArgumentError, type Command } from 'commander';
import { mergeEntries, type DecisionRecord } from '../../audit/index.ts';
import { DecisionFeed, fitsDecision } from '../../registry/index.ts';
import type { EntryFilter, Store } from '../../store/index.ts';
import { countOf } from '../arguments.ts';
import { decisionFilter, withDecisionOptions, type DecisionOptions } from '../decision-options.ts';
import { firstOf } from '../first-of.ts';
import { withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';
import { WRAPPED } from '../wrapped.ts';

interface Options extends DecisionOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly lines: number;
}

export function logTail(group: Command, io: Io): void {
  withDecisionOptions(group.command('tail'))
    .description('the latest decisions, or the latest of those that are looked for')
    .option('-f, --follow', 'go on as they are made')
    .option('-n, --lines <count>', 'how many', countOf, 20)
    .option('--json', 'one JSON object a line')
    .action(({ follow, json, lines, ...options }: Options) => {
      const { from, to } = options;
      if (follow === true && to !== undefined)
        throw new InvalidArgumentError('--follow goes on for ever: it does nothing with --to');
      return withInstallation(io, async ({ store, registry }) => {
        const organizations = [registry.organization, WRAPPED];
        const filter = await decisionFilter(registry, options);
        const print = (record: DecisionRecord): void =>
          io.out(json === true ? JSON.stringify(record) : lineOf(record));
        const feed = new DecisionFeed(store);
        const waiting: DecisionRecord[] = [];
        let live = false;
        const take = (record: DecisionRecord): void => {
          if (organizations.includes(record.organization) && fitsDecision(record, filter))
            (live ? print : (late: DecisionRecord) => waiting.push(late))(record);
        };
        // Listening begins before reading, so that nothing falls in between.
        if (follow === true) await feed.listen(take);
        const within = {
          ...filter,
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        } as EntryFilter;
        const records = await latest(store, organizations, within, lines, io.signal);
        const shown = new Set(records.map(({ id }) => id));
        for (const record of [...records, ...waiting.filter(({ id }) => !shown.has(id))]) print(record);
        live = true;
        if (follow === true && !io.signal.aborted) await once(io.signal, 'abort');
        feed.close();
      });
    });
}

/** Oldest first. */
async function latest(
  store: Store,
  organizations: readonly string[],
  filter: EntryFilter,
  count: number,
  signal: AbortSignal,
): Promise<DecisionRecord[]> {
  const found: DecisionRecord[] = [];
  for (const organization of organizations) {
    const wanted = { ...filter, kind: 'decision', organization };
    const rows = await firstOf(count, (request) => store.entries.page(wanted, request), signal);
    found.push(...rows.map((row) => mergeEntries([row])));
  }
  return found.toSorted((a, b) => a.at - b.at).slice(-count);
}

function lineOf({
  at,
  outcome,
  server,
  grant,
  tool,
  method,
  rule,
  message,
  approval,
}: DecisionRecord): string {
  const what = `${server.name} ${grant?.label ?? '-'} ${tool ?? method}`;
  const why = rule === '' ? '' : ` ${rule}${message === '' ? '' : `: ${message}`}`;
  const who = approval?.by === undefined ? '' : ` (${approval.by.join(', ')})`;
  return plain(`${new Date(at).toISOString()} ${outcome.padEnd(14)} ${what}${why}${who}`);
}
