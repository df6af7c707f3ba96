import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSecretBox, openStore, type Store } from '../store/index.ts';
import { createAddressGuard, UpstreamAuthorization } from '../upstreams/index.ts';
import { Connections } from './connections.ts';
import { keepConnection } from './held-tokens.ts';

const SERVER = { id: 's-1', slug: 's', url: 'http://localhost/mcp', auth: { kind: 'oauth' } } as const;
const box = createSecretBox(randomBytes(32));
let home: string;
let store: Store;
let server: Server;
let answer: { status: number; body: object };
let asked = 0;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-connections-'));
  store = await openStore(`sqlite:${join(home, 'test.db')}`);
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await store.servers.insert({
    ...SERVER,
    organizationId: 'o',
    name: 's',
    transport: 'http',
    command: null,
    sealedSecrets: null,
    secretNames: [],
    caseSensitive: false,
    source: 'api',
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokens = {
    issuer: { issuer, token_endpoint: `${issuer}/token` },
    client: { id: 'c', method: 'none' as const },
    resource: SERVER.url,
    accessToken: 'ended',
    refreshToken: 'refresh-1',
    expiresAt: Date.now() - 1000,
    scopes: [],
  };
  await keepConnection({ store, box }, SERVER.id, '', { url: SERVER.url, tokens });
});
afterEach(async () => {
  server.close();
  await store.close();
  await rm(home, { recursive: true, force: true });
});

function node(): Connections {
  const guard = createAddressGuard({ allowPrivate: true });
  const authorization = new UpstreamAuthorization({ guard, publicUrl: 'https://a.example', now: Date.now });
  return new Connections({ store, box, authorization, publicUrl: 'https://a.example', now: Date.now });
}

const wait = (one: Connections, url: string = SERVER.url): Promise<string> =>
  one.source({ ...SERVER, url })!.wait();

it('several nodes that find a token ended refresh it once between them', async () => {
  const body = { access_token: 'new', token_type: 'bearer', expires_in: 3600, refresh_token: 'refresh-2' };
  answer = { status: 200, body };
  const values = await Promise.all([wait(node()), wait(node()), wait(node())]);
  expect(values).toEqual(['Bearer new', 'Bearer new', 'Bearer new']);
  expect(asked).toBe(1);
});

it('a refresh that is refused for good is not tried again', async () => {
  answer = { status: 400, body: { error: 'invalid_grant' } };
  const signIn = expect.objectContaining({ code: 'PC_UPSTREAM_SIGN_IN' });
  await expect(wait(node())).rejects.toThrow(signIn);
  await expect(wait(node())).rejects.toThrow(signIn);
  expect(asked).toBe(1);
  expect((await store.upstreamConnections.get(SERVER.id, ''))?.status).toBe('needs-sign-in');
});

it('a refresh that fails for now is tried again by the next call', async () => {
  answer = { status: 503, body: {} };
  const failed = expect.objectContaining({ code: 'PC_UPSTREAM_AUTHORIZATION' });
  await expect(wait(node())).rejects.toThrow(failed);
  answer = { status: 200, body: { access_token: 'new', token_type: 'bearer', expires_in: 3600 } };
  expect(await wait(node())).toBe('Bearer new');
});

it('a token goes to no other address than the one it was made for', async () => {
  const moved = wait(node(), 'https://other.example.com/');
  await expect(moved).rejects.toThrow(expect.objectContaining({ code: 'PC_UPSTREAM_SIGN_IN' }));
  expect(asked).toBe(0);
});
