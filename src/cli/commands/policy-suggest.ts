import { Option, type Command } from 'commander';
import { printPolicy, recommendServer, type AssessedTool, type Strength } from '../../catalog/index.ts';
import { requireServer, toolsInUse } from '../../registry/index.ts';
import { collect, countOf, transportOf } from '../arguments.ts';
import { findTools, type ToolSource } from '../attack/find-tools.ts';
import { withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

interface Options extends Omit<ToolSource, 'env'> {
  readonly strength: Strength;
  readonly days?: number;
}

const DAY_MS = 86_400_000;

export function policySuggest(group: Command, io: Io): void {
  group
    .command('suggest')
    .description('a policy that fits what a server’s tools can do; JSON on standard output')
    .argument('[server]', 'id or slug: the tools that the gateway saw')
    .option('--server <server>', 'the same')
    .option('--tools <file>', 'tool definitions: the JSON of a tools/list')
    .option('--upstream <url>', 'a server over HTTP that is asked for its tools')
    .option('--transport <kind>', 'with --upstream: http (the default) or sse', transportOf)
    .option('--header <header>', 'with --upstream: a header, "Name: value"; repeatable', collect, [])
    .option('--timeout <seconds>', 'for a server that is asked', countOf, 60)
    .option('--days <days>', 'with a server: only tools that were called in so many days', countOf)
    .addOption(
      new Option('--strength <strength>', 'how much it lets through')
        .choices(['observe', 'balanced', 'strict'])
        .default('balanced'),
    )
    .action(async (argument: string | undefined, options: Options) => {
      const server = argument ?? options.server;
      if (argument !== undefined && options.server !== undefined && argument !== options.server)
        group.error('error: policy suggest takes one server');
      if (options.days !== undefined && server === undefined)
        group.error('error: --days needs a server: the calls are those of the log');
      const tools = await findTools(io, [], { ...options, ...(server && { server }), env: [] });
      if (tools === undefined) return;
      const used = options.days === undefined ? tools : await inUse(io, tools, server!, options.days);
      io.out(printPolicy(recommendServer(used, options.strength)));
    });
}

async function inUse(
  io: Io,
  tools: readonly AssessedTool[],
  server: string,
  days: number,
): Promise<readonly AssessedTool[]> {
  const called = await withInstallation(io, async ({ registry }) => {
    const { id: serverId } = await requireServer(registry, server);
    const to = registry.now();
    return toolsInUse(registry, { serverId, from: to - days * DAY_MS, to });
  });
  const used = tools.filter(({ definition }) => called.has(String(definition['name'])));
  io.err(plain(`${used.length} of ${tools.length} tools were called; the others are left out`));
  return used;
}
