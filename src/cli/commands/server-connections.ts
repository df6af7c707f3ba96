import type { Command } from 'commander';
import { showConnections, showServer } from '../../api/index.ts';
import type { Connections } from '../../connections/index.ts';
import { listServers, requireServer, type Registry } from '../../registry/index.ts';
import type { ServerRow } from '../../store/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { openConnections } from '../open-connections.ts';
import { printList } from '../print.ts';

interface Shown {
  readonly server: string;
  /** Null where one connection serves all calls. */
  readonly person: string | null;
  readonly status: 'connected' | 'needs-sign-in';
  /** Of the access token, where one connection serves all calls. */
  readonly expiresAt: string | null;
  readonly scopes: readonly string[];
}

export function serverConnections(group: Command, io: Io): void {
  group
    .command('connections')
    .description('who is signed in at the servers that want OAuth')
    .argument('[server]', 'id or slug; all of them unless given')
    .option('--json', 'print JSON')
    .action((server: string | undefined, { json }: { json?: boolean }) =>
      withInstallation(io, async (installation, environment) => {
        const { registry } = installation;
        const connections = openConnections(environment, installation);
        const rows =
          server === undefined ? await listServers(registry) : [await requireServer(registry, server)];
        const shown: Shown[] = [];
        for (const row of rows) {
          if (!row.auth) continue;
          shown.push(...(await connectionsOf(row, registry, connections, environment.publicUrl)));
        }
        printList(io, json, shown, [
          ['SERVER', (one) => one.server],
          ['PERSON', ({ person }) => person ?? '(all calls)'],
          ['STATUS', ({ status }) => status],
          ['TOKEN ENDS', ({ expiresAt }) => expiresAt ?? ''],
          ['SCOPES', ({ scopes }) => scopes.join(' ')],
        ]);
      }),
    );
}

async function connectionsOf(
  row: ServerRow,
  { store, organization }: Registry,
  connections: Connections,
  publicUrl: string,
): Promise<Shown[]> {
  const server = row.slug;
  if (row.auth?.perUser !== true) {
    const state = (await connections.states(undefined))(row);
    const { status, expiresAt, scopes } = showServer(row, publicUrl, state).auth;
    return [{ server, person: null, status: status ?? 'needs-sign-in', expiresAt, scopes }];
  }
  const members = await store.accounts.members.list(organization);
  return showConnections(members, await connections.people(row)).items.map(({ email, status }) => ({
    server,
    person: email,
    status,
    expiresAt: null,
    scopes: [],
  }));
}
