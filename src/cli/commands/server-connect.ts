import type { Command } from 'commander';
import { connectServer, requireShared } from '../../api/index.ts';
import { ATTEMPT_MS } from '../../connections/index.ts';
import { PortcullisError } from '../../errors.ts';
import { requireServer } from '../../registry/index.ts';
import type { ServerRow, Store } from '../../store/index.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { openConnections } from '../open-connections.ts';

interface Options {
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** Everybody's calls use it. */
const SHARED = '';

export function serverConnect(group: Command, io: Io): void {
  group
    .command('connect')
    .description(
      'sign in at a server that wants OAuth; prints the address to open, good for ten minutes, once',
    )
    .argument('<server>', 'id or slug')
    .option('--wait', 'end when somebody has signed in')
    .option('--json', 'print JSON')
    .action((server: string, { wait, json }: Options) =>
      withInstallation(io, async (installation, environment) => {
        const { registry, store } = installation;
        const connections = openConnections(environment, installation);
        const row = await requireServer(registry, server);
        requireShared(
          row,
          `Here everybody connects for themself, at ${environment.publicUrl}/servers/${row.slug}`,
        );
        const before = await store.upstreamConnections.get(row.id, SHARED);
        const authorizationUrl = await changed(io, registry, () =>
          connectServer({ registry, connections }, cliActor(), row),
        );
        if (json === true)
          io.out(JSON.stringify({ authorizationUrl, connected: authorizationUrl === null }, null, 2));
        else if (authorizationUrl !== null) io.out(authorizationUrl);
        if (authorizationUrl === null) return io.err(`Connected to ${row.slug}.`);
        io.err('Open it in a browser; the gateway must be running, because the browser comes back to it.');
        if (wait !== true) return;
        await signedIn(store, row, before?.version, io.signal);
        io.err(`Connected to ${row.slug}.`);
      }),
    );
}

/** @throws PC_UPSTREAM_SIGN_IN when nobody signed in while the address was good; PC_STORE_UNAVAILABLE */
async function signedIn(
  store: Store,
  { id, slug }: ServerRow,
  before: number | undefined,
  stop: AbortSignal,
): Promise<void> {
  const end = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const look = async (): Promise<void> => {
        const row = await store.upstreamConnections.get(id, SHARED);
        if (row?.status === 'connected' && row.version !== before) resolve();
      };
      const giveUp = (): void => reject(new PortcullisError('PC_UPSTREAM_SIGN_IN', { server: slug }));
      const unsubscribe = store.onChange(() => void look().catch(reject));
      const timer = setTimeout(giveUp, ATTEMPT_MS);
      stop.addEventListener('abort', giveUp, { signal: end.signal });
      end.signal.addEventListener('abort', () => {
        unsubscribe();
        clearTimeout(timer);
      });
      look().catch(reject);
    });
  } finally {
    end.abort();
  }
}
