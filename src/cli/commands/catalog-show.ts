import type { Command } from 'commander';
import {
  assessedTool,
  printPolicy,
  openCatalog,
  recommendServer,
  type CatalogTool,
} from '../../catalog/index.ts';
import { PortcullisError } from '../../errors.ts';
import { withInstallation, type Io } from '../io.ts';
import { plain, printList } from '../print.ts';

export function catalogShow(group: Command, io: Io): void {
  group
    .command('show')
    .description('a server of the catalogue with its tools, or one tool with its evidence')
    .argument('<server>', 'slug')
    .argument('[tool]', 'name')
    .option('--policy', 'print the recommended policy only')
    .option('--json', 'print JSON')
    .action((slug: string, name: string | undefined, options: { policy?: boolean; json?: boolean }) =>
      withInstallation(io, async ({ store }) => {
        const catalog = openCatalog(store);
        const server = await catalog.server(slug);
        if (server === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'server' });
        const all = await catalog.tools(slug);
        const tools = name === undefined ? all : all.filter((tool) => tool.name === name);
        if (name !== undefined && tools.length === 0)
          throw new PortcullisError('PC_API_NOT_FOUND', { what: 'tool' });
        if (options.policy === true) return io.out(printPolicy(recommendServer(tools.map(assessedTool))));
        if (options.json === true) return io.out(JSON.stringify({ server, tools }, null, 2));
        io.out(plain(`${server.title}${server.version === null ? '' : ` ${server.version}`}`));
        for (const { registry, name: called } of server.packages) io.out(plain(`${registry}: ${called}`));
        for (const { url } of server.remotes) io.out(plain(url));
        if (server.description !== null) io.out(plain(server.description.slice(0, 500)));
        for (const { source, url, at, gave } of server.provenance)
          io.out(
            plain(
              `from ${source}${url === null ? '' : ` ${url}`}, ${new Date(at).toISOString()}: ${gave.join(', ')}`,
            ),
          );
        io.out('');
        printList(io, false, tools, [
          ['TOOL', (tool) => tool.name],
          [
            'CLASS',
            (tool) =>
              `${assessedTool(tool).assessment.class}${tool.classOverride === null ? '' : ' (override)'}`,
          ],
          ['CONFIDENCE', ({ assessment }) => String(assessment.confidence)],
          ['SIGNALS', ({ assessment }) => assessment.signals.join(' ')],
        ]);
        if (name !== undefined) for (const { assessment } of tools) printEvidence(io, assessment.evidence);
      }),
    );
}

function printEvidence(io: Io, evidence: CatalogTool['assessment']['evidence']): void {
  io.out('');
  printList(io, false, evidence, [
    ['SAYS', ({ says }) => says],
    ['WORDS', ({ words }) => words.slice(0, 80)],
    ['PLACE', ({ place }) => place],
    ['WEIGHT', ({ weight }) => weight.toFixed(2)],
  ]);
}
