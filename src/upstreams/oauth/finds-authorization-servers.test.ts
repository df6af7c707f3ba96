import type { ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { createAddressGuard } from '../address/address-guard.ts';
import { TestServer } from '../testing/http-server.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { UpstreamAuthorization } from './upstream-authorization.ts';

let server: TestServer;
afterEach(() => server?.stop());

type Documents = Record<string, object | ((response: ServerResponse) => void)>;

/** A server that is its own authorization server; `documents` replaces what it has, by path. */
async function begin(documents: (origin: string) => Documents, publicUrl = 'https://gate.example') {
  let origin = '';
  server = await new TestServer(({ url: path, body }, response) => {
    if (path === '/mcp') {
      response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token", scope="a b"' }).end();
      return;
    }
    const document = { ...usual(origin), ...documents(origin) }[path];
    if (typeof document === 'function') return document(response);
    if (document === undefined) return void response.writeHead(404).end();
    const status = path === '/register' ? 201 : 200;
    const answer = path === '/register' ? { ...JSON.parse(body), ...document } : document;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).start();
  origin = new URL(server.url).origin;
  const authorization = new UpstreamAuthorization({
    guard: createAddressGuard({ allowPrivate: true }),
    publicUrl,
    now: () => 0,
  });
  return authorization.begin({ server: { slug: 's', url: `${origin}/mcp` } });
}

function metadata(origin: string): object {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    code_challenge_methods_supported: ['S256'],
  };
}

function usual(origin: string): Documents {
  return {
    '/.well-known/oauth-protected-resource/mcp': {
      resource: `${origin}/mcp`,
      authorization_servers: [origin],
      scopes_supported: ['c'],
    },
    '/.well-known/oauth-authorization-server': metadata(origin),
    '/register': { client_id: 'registered' },
  };
}

const AS = '/.well-known/oauth-authorization-server';
const RESOURCE = '/.well-known/oauth-protected-resource/mcp';

it('asks with PKCE, state, the resource, and the scopes of the challenge', async () => {
  const { url, attempt } = await begin(() => ({}));
  const asked = Object.fromEntries(new URL(url).searchParams);
  expect(asked).toMatchObject({
    response_type: 'code',
    client_id: 'registered',
    redirect_uri: 'https://gate.example/oauth/callback',
    code_challenge_method: 'S256',
    scope: 'a b',
    resource: attempt.resource,
    state: attempt.state,
  });
  expect(asked['code_challenge']).not.toBe(attempt.verifier);
});

it('is its metadata document where the server reads such documents', async () => {
  const cimd = (origin: string): Documents => ({
    [AS]: { ...metadata(origin), client_id_metadata_document_supported: true },
  });
  const { url } = await begin(cimd);
  expect(new URL(url).searchParams.get('client_id')).toBe('https://gate.example/oauth/client.json');
  await server.stop();
  // A document that the server cannot fetch is of no use to it.
  const local = await begin(cimd, 'http://127.0.0.1:8080');
  expect(new URL(local.url).searchParams.get('client_id')).toBe('registered');
});

it('finds OpenID Connect metadata, and metadata of the root', async () => {
  const { attempt } = await begin((origin) => ({
    [RESOURCE]: (response) => void response.writeHead(404).end(),
    '/.well-known/oauth-protected-resource': { resource: origin, authorization_servers: [`${origin}/t`] },
    [AS]: (response) => void response.writeHead(404).end(),
    '/t/.well-known/openid-configuration': { ...metadata(origin), issuer: `${origin}/t` },
  }));
  expect(attempt.issuer.issuer).toMatch(/\/t$/);
});

it.each<[string, (origin: string) => Documents, RegExp]>([
  ['another resource', () => ({ [RESOURCE]: { resource: 'https://other.example/mcp' } }), /another resource/],
  ['a sibling resource', (o) => ({ [RESOURCE]: { resource: `${o}/mc` } }), /another resource/],
  ['another issuer', (o) => ({ [AS]: { ...metadata(o), issuer: 'https://other.example' } }), /was refused/],
  ['no PKCE', (o) => ({ [AS]: { ...metadata(o), code_challenge_methods_supported: ['plain'] } }), /S256/],
  [
    'an authorization endpoint that is a script',
    (o) => ({ [AS]: { ...metadata(o), authorization_endpoint: 'javascript:alert(1)' } }),
    /must begin with https/,
  ],
  [
    'a token endpoint without TLS',
    (o) => ({ [AS]: { ...metadata(o), token_endpoint: 'http://example.com/token' } }),
    /must begin with https/,
  ],
  [
    'no way to register',
    (o) => ({ [AS]: { ...metadata(o), registration_endpoint: undefined } }),
    /registers no clients/,
  ],
  [
    'a redirect',
    () => ({ [AS]: (response) => void response.writeHead(302, { location: 'https://a.example' }).end() }),
    /redirects are not followed/,
  ],
  [
    'metadata without end',
    () => ({ [AS]: (response) => void response.writeHead(200).end('x'.repeat(300_000)) }),
    /more than 262144 bytes/,
  ],
  ['no metadata', () => ({ [AS]: (response) => void response.writeHead(404).end() }), /no metadata/],
])('refuses %s', async (_, documents, message) => {
  await expect(begin(documents)).rejects.toThrow(message);
});

it('asks nobody at addresses that are not allowed', async () => {
  const authorization = new UpstreamAuthorization({
    guard: createAddressGuard({ allowPrivate: false }),
    publicUrl: 'https://gate.example',
    now: () => 0,
  });
  server = await new TestServer((_, response) => void response.end()).start();
  await expect(
    authorization.begin({ server: { slug: 's', url: `${new URL(server.url).origin}/mcp` } }),
  ).rejects.toThrow(expect.objectContaining({ code: 'PC_UPSTREAM_FORBIDDEN_ADDRESS' }));
  expect(server.received).toEqual([]);
});

it('lets no server elsewhere lead to this machine', async () => {
  server = await new TestServer((_, response) => void response.end()).start();
  const { origin } = new URL(server.url);
  const guard = createAddressGuard({ allowPrivate: true });
  const authorization = new UpstreamAuthorization({ guard, publicUrl: 'https://gate.example', now: () => 0 });
  const issuer = {
    issuer: origin,
    token_endpoint: `${origin}/token`,
    revocation_endpoint: `${origin}/revoke`,
  };
  const client = { id: 'c', method: 'none' } as const;
  const resource = 'https://mcp.example.com/mcp';
  const tokens = {
    issuer,
    client,
    resource,
    accessToken: 'a',
    refreshToken: 'r',
    expiresAt: null,
    scopes: [],
  };
  const attempt = { issuer, client, resource, state: 's', verifier: 'v', scopes: [] };
  for (const asked of [
    () => guardedFetch('s', resource, guard)(`${origin}/.well-known/oauth-protected-resource`),
    () => authorization.finish('s', attempt, new URLSearchParams({ code: 'c', state: 's' })),
    () => authorization.refresh('s', tokens),
    () => authorization.revoke('s', tokens),
  ])
    await expect(asked()).rejects.toThrow(/on this machine, where the server is not/);
  expect(server.received).toEqual([]);
});
