import { InvalidArgumentError, type Command } from 'commander';
import { showServer } from '../../api/index.ts';
import {
  accessAuth,
  accessProblems,
  newAccessHeaders,
  refuseProblems,
  registerServer,
  type ServerAccess,
  type ServerTarget,
} from '../../registry/index.ts';
import { accessOf, withAccessOptions, type AccessOptions } from '../access-options.ts';
import { collect, headersOf, transportOf, variablesOf } from '../arguments.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';

interface Options extends AccessOptions {
  readonly url?: string;
  readonly transport?: 'http' | 'sse';
  readonly header: readonly string[];
  readonly stdio?: boolean;
  readonly env: readonly string[];
  readonly cwd?: string;
  readonly caseSensitive?: boolean;
  readonly json?: boolean;
}

export function serverAdd(group: Command, io: Io): void {
  withAccessOptions(group.command('add'))
    .description('register an MCP server')
    .argument('<name>', 'what it is called; its address is made from it')
    .argument('[command...]', 'with --stdio: -- program arguments…')
    .option('--url <url>', 'where it is')
    .option('--transport <kind>', 'http (Streamable HTTP, the default) or sse (legacy HTTP+SSE)', transportOf)
    .option('--header <header>', 'sent with every request, "Name: value"; repeatable', collect, [])
    .option('--stdio', 'it is a program that this gateway starts')
    .option(
      '--env <variable>',
      'a variable for the program, NAME=value or NAME to take it over; repeatable',
      collect,
      [],
    )
    .option('--cwd <directory>', 'where the program runs')
    .option('--case-sensitive', 'argument names that differ only in case are two names')
    .option('--json', 'print JSON')
    .action((name: string, command: readonly string[], options: Options) =>
      withInstallation(io, async ({ registry }, { publicUrl }) => {
        const access = accessOf(options, io.variables);
        const target = targetOf(command, options, access, io);
        const auth = accessAuth(access);
        const input = {
          name,
          target,
          caseSensitive: options.caseSensitive ?? false,
          ...(auth === null ? {} : { auth }),
        };
        const row = await changed(io, registry, () => registerServer(registry, cliActor(), input));
        const shown = showServer(row, publicUrl);
        if (options.json === true) return io.out(JSON.stringify(shown, null, 2));
        io.out(`Registered ${shown.slug}. Clients with a grant reach it at ${shown.gatewayUrl}`);
        if (auth?.perUser === true)
          io.out(`Everybody connects for themself at ${publicUrl}/servers/${shown.slug}`);
        else if (auth?.kind === 'oauth') io.out(`Sign in there: portcullis server connect ${shown.slug}`);
      }),
    );
}

function targetOf(
  command: readonly string[],
  options: Options,
  access: ServerAccess | undefined,
  io: Io,
): ServerTarget {
  const { url, transport, header, stdio, env, cwd } = options;
  if ((stdio === true) === (url !== undefined))
    throw new InvalidArgumentError('server add needs either --url URL or --stdio -- command');
  if (url !== undefined) {
    if (command.length > 0) throw new InvalidArgumentError('a command goes with --stdio');
    if (env.length > 0 || cwd !== undefined)
      throw new InvalidArgumentError('--env and --cwd go with --stdio');
    const headers = headersOf(header);
    refuseProblems(accessProblems(headers, access));
    return { transport: transport ?? 'http', url, headers: newAccessHeaders(headers, access) };
  }
  if (command.length === 0)
    throw new InvalidArgumentError('--stdio needs the command: -- program arguments…');
  if (header.length > 0 || transport !== undefined || access !== undefined)
    throw new InvalidArgumentError('--header, --transport and --auth go with --url');
  const target = { transport: 'stdio', argv: command, env: variablesOf(env, io.variables) } as const;
  return cwd === undefined ? target : { ...target, cwd };
}
