import { InvalidArgumentError, type Command } from 'commander';
import { FORMATS, openCatalog, openImport, type ImportFormat } from '../../catalog/index.ts';
import { createAddressGuard } from '../../upstreams/index.ts';
import { systemClock } from '../clock.ts';
import { withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

/** Problems that are printed; the others are counted. */
const MOST_PROBLEMS = 20;

interface Options {
  readonly format: ImportFormat;
  readonly slug?: string;
  readonly name?: string;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

export function catalogImport(group: Command, io: Io): void {
  group
    .command('import')
    .description('add servers to the catalogue; an import that was interrupted goes on where it was')
    .argument('<source>', 'a file, a folder (docker), or an http(s) address')
    .requiredOption('--format <format>', FORMATS.join(', '), formatOf)
    .option('--slug <slug>', 'tools-list: the server’s path segment')
    .option('--name <name>', 'tools-list: what the server is called')
    .option('--fresh', 'from the beginning, whatever was imported before')
    .option('--json', 'print JSON')
    .action((source: string, { format, slug, name, fresh, json }: Options) =>
      withInstallation(io, async ({ store }, { allowPrivateUpstreams }) => {
        let shown = 0;
        const done = await openImport({
          store,
          catalog: openCatalog(store),
          format,
          from: source,
          guard: createAddressGuard({ allowPrivate: allowPrivateUpstreams }),
          slug,
          name,
          fresh,
          now: systemClock.now(),
          signal: io.signal,
          progress: ({ servers, tools }, problems) => {
            if (json !== true) io.err(`${servers} servers, ${tools} tools`);
            for (const { line, pointer, message } of problems)
              if (shown++ < MOST_PROBLEMS)
                io.err(
                  plain(`  left out: ${line === undefined ? '' : `line ${line} `}${pointer} ${message}`),
                );
          },
        });
        if (json === true) return io.out(JSON.stringify(done, null, 2));
        if (done.resumedAt !== null) io.out(`went on after ${plain(done.resumedAt)}`);
        if (done.since !== null) io.out(`asked for what changed since ${done.since}`);
        io.out(`imported ${done.servers} servers, ${done.tools} tools; left out ${done.problems}`);
      }),
    );
}

function formatOf(text: string): ImportFormat {
  const format = FORMATS.find((known) => known === text);
  if (format === undefined) throw new InvalidArgumentError(`expected ${FORMATS.join(', ')}`);
  return format;
}
