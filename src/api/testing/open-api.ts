/** The API on a real port, over a real gateway and a database of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { openAlerts } from '../../alerts/index.ts';
import { classify } from '../../catalog/index.ts';
import { Connections } from '../../connections/index.ts';
import { openGateway, type OpenedGateway } from '../../gateway/index.ts';
import { mintApiKey, openRegistry, type Registry, type Role } from '../../registry/index.ts';
import { createSecretBox, openStore, type Store } from '../../store/index.ts';
import { readSettings } from '../../accounts/index.ts';
import { createAddressGuard, UpstreamAuthorization } from '../../upstreams/index.ts';
import { createApi } from '../index.ts';
import { request, type Answer } from './request.ts';

export const PUBLIC_URL = 'https://mcp.example.com';

export interface OpenApi {
  readonly url: string;
  readonly adminKey: string;
  readonly registry: Registry;
  readonly store: Store;
  readonly opened: OpenedGateway;
  /** A call under /api/v1 with the admin key, or another; an empty key sends none. */
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Body>>;
  keyFor(role: Role): Promise<string>;
  close(): Promise<void>;
}

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** @param given a store to use, and to close at the end; a SQLite file unless given */
export async function openApi(given?: Store): Promise<OpenApi> {
  const home = await mkdtemp(join(tmpdir(), 'portcullis-api-'));
  const store = given ?? (await openStore(`sqlite:${join(home, 'test.db')}`));
  const masterKey = randomBytes(32);
  const registry = await openRegistry({ store, box: createSecretBox(masterKey) });
  const authorization = new UpstreamAuthorization({
    guard: createAddressGuard({ allowPrivate: true }),
    publicUrl: PUBLIC_URL,
    now: registry.now,
  });
  const opened = await openGateway({
    home,
    store,
    masterKey,
    previousKeys: [],
    publicUrl: PUBLIC_URL,
    host: '127.0.0.1',
    allowPrivateUpstreams: true,
    classify,
    logger: QUIET,
    clock: { now: () => Date.now(), elapsed: () => performance.now() },
    role: 'gateway',
  });
  const connections = new Connections({
    store,
    box: registry.box,
    now: registry.now,
    authorization,
    publicUrl: 'http://localhost',
  });
  const adminKey = `test_${randomBytes(24).toString('base64url')}`;
  const alerts = await openAlerts({
    registry,
    gateway: opened.gateway,
    desk: opened.desk,
    logger: QUIET,
    publicUrl: PUBLIC_URL,
    allowPrivate: true,
    masterKey,
    smtpUrl: undefined,
    smtpFrom: undefined,
  });
  const api = createApi({
    environment: {
      publicUrl: PUBLIC_URL,
      host: '127.0.0.1',
      adminKey,
      accounts: readSettings({}, PUBLIC_URL),
    },
    alerts,
    installation: { registry },
    gateway: opened.gateway,
    desk: opened.desk,
    connections,
    log: opened.log,
    logger: QUIET,
  });
  const server = await listening(createServer(api));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    adminKey,
    registry,
    store,
    opened,
    call: (method, path, body, headers = {}) =>
      request(`${url}/api/v1${path}`, method, body, { authorization: `Bearer ${adminKey}`, ...headers }),
    keyFor: async (role) =>
      (await mintApiKey(registry, { name: 'test', source: 'cli' }, { label: role, role })).key,
    async close() {
      server.closeAllConnections();
      server.close();
      await alerts.close();
      await opened.close(0);
      await store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
