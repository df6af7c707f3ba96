import type { Command } from 'commander';
import { openCatalog, type CatalogQuery } from '../../catalog/index.ts';
import { countOf } from '../arguments.ts';
import { classOf, severityOf, signalOf, transportOf } from '../catalog-arguments.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

interface Options extends Omit<CatalogQuery, 'q'> {
  readonly tools?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

export function catalogSearch(group: Command, io: Io): void {
  group
    .command('search')
    .description('servers, or with --tools tools, by words and facets; the best first')
    .argument('[words...]', 'beginnings of words do')
    .option('--tools', 'search tools')
    .option('--class <class>', 'Read, Write, Execute, Destructive or Financial', classOf)
    .option('--severity <severity>', 'Low, Medium, High or Critical', severityOf)
    .option('--signal <signal>', 'such as accepts-sql', signalOf)
    .option('--transport <transport>', 'stdio, http or sse', transportOf)
    .option('--language <language>', 'of the package')
    .option('--limit <n>', 'at most 500', countOf, 20)
    .option('--json', 'print JSON')
    .action((words: readonly string[], { tools, limit, json, ...facets }: Options) =>
      withInstallation(io, async ({ store }) => {
        const catalog = openCatalog(store);
        const query = { ...facets, q: words.join(' ') };
        if (tools === true) {
          const { items } = await catalog.searchTools(query, { limit });
          return printList(io, json, items, [
            ['TOOL', ({ name }) => name],
            ['SERVER', ({ server }) => server.slug],
            ['CLASS', (tool) => tool.class],
            ['SEVERITY', ({ severity }) => severity],
            ['SIGNALS', ({ signals }) => signals.join(' ')],
          ]);
        }
        const { items } = await catalog.searchServers(query, { limit });
        printList(io, json, items, [
          ['SERVER', ({ slug }) => slug],
          ['TITLE', ({ title }) => title.slice(0, 60)],
          ['TOOLS', ({ toolCount }) => String(toolCount)],
          ['SEVERITY', ({ severity }) => severity ?? '-'],
          ['USES', ({ uses }) => (uses === null ? '-' : String(uses))],
          ['SOURCES', ({ provenance }) => [...new Set(provenance.map(({ source }) => source))].join(' ')],
        ]);
      }),
    );
}
