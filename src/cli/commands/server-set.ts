import { InvalidArgumentError, type Command } from 'commander';
import { showServer } from '../../api/index.ts';
import {
  accessAuth,
  accessHeaders,
  accessProblems,
  refuseProblems,
  updateServer,
  type ServerAccess,
  type ServerChange,
} from '../../registry/index.ts';
import { accessOf, withAccessOptions, type AccessOptions } from '../access-options.ts';
import { collect, headersOf, transportOf } from '../arguments.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';

interface Options extends AccessOptions {
  readonly name?: string;
  readonly url?: string;
  readonly transport?: 'http' | 'sse';
  readonly header: readonly string[];
  readonly removeHeader: readonly string[];
  readonly caseSensitive?: boolean;
  readonly json?: boolean;
}

export function serverSet(group: Command, io: Io): void {
  withAccessOptions(group.command('set'))
    .description('change a server; what is not named stays, and so does its address for clients')
    .argument('<server>', 'id or slug')
    .option('--name <name>', 'what it is called')
    .option('--url <url>', 'where it is; ends an OAuth connection, which was made for the old address')
    .option('--transport <kind>', 'http (Streamable HTTP) or sse (legacy HTTP+SSE)', transportOf)
    .option('--header <header>', 'set a header, "Name: value"; others stay; repeatable', collect, [])
    .option('--remove-header <name>', 'send it no more; repeatable', collect, [])
    .option('--case-sensitive', 'argument names that differ only in case are two names')
    .option('--no-case-sensitive', 'they are one name')
    .option('--json', 'print JSON')
    .action((server: string, options: Options) =>
      withInstallation(io, async ({ registry }, { publicUrl }) => {
        const change = changeOf(options, accessOf(options, io.variables));
        const row = await changed(io, registry, () => updateServer(registry, cliActor(), server, change));
        const shown = showServer(row, publicUrl);
        if (options.json === true) return io.out(JSON.stringify(shown, null, 2));
        io.out(`Changed ${shown.slug}.`);
      }),
    );
}

function changeOf(options: Options, access: ServerAccess | undefined): ServerChange {
  const { name, url, transport, header, removeHeader, caseSensitive } = options;
  const headers = {
    ...headersOf(header),
    ...Object.fromEntries(removeHeader.map((one) => [one, null])),
  };
  refuseProblems(accessProblems(headers, access));
  const patch = accessHeaders(headers, access);
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
    ...(transport === undefined ? {} : { transport }),
    ...(Object.keys(patch).length === 0 ? {} : { headers: patch }),
    ...(access === undefined ? {} : { auth: accessAuth(access) }),
    ...(caseSensitive === undefined ? {} : { caseSensitive }),
  };
  if (Object.keys(change).length === 0)
    throw new InvalidArgumentError('server set needs something to change');
  return change;
}
