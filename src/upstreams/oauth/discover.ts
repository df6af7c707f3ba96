/**
 * Where a server wants its tokens from: protected resource metadata (RFC 9728), then authorization server metadata
 * (RFC 8414, OpenID Connect Discovery), in the order that the MCP specification gives (basic/authorization).
 */
import { processDiscoveryResponse, type AuthorizationServer } from 'oauth4webapi';
import { PortcullisError } from '../../errors.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import { secureUrl } from './secure-url.ts';

export interface Discovered {
  /** Resource indicator (RFC 8707). */
  readonly resource: string;
  /** What the server names: in its challenge, else in its metadata. */
  readonly scopes: readonly string[];
  readonly server: AuthorizationServer;
}

interface Challenge {
  readonly metadata?: string;
  readonly scope?: string;
}

const PING = JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'ping' });

/** @throws PC_UPSTREAM_AUTHORIZATION, PC_UPSTREAM_* */
export async function discover(slug: string, address: string, fetch: GuardedFetch): Promise<Discovered> {
  const url = secureUrl(slug, address, 'its URL');
  const challenge = await challengeOf(url, fetch);
  const metadata = await resourceMetadata(slug, url, challenge.metadata, fetch);
  const resource = resourceOf(slug, url, metadata);
  const scopes =
    challenge.scope?.split(' ').filter((one) => one !== '') ?? texts(metadata?.['scopes_supported']);
  // Servers older than RFC 9728 are their own authorization server (MCP 2025-03-26).
  const issuer = texts(metadata?.['authorization_servers'])[0] ?? url.origin;
  return {
    resource,
    scopes,
    server: await serverMetadata(slug, secureUrl(slug, issuer, 'its issuer', address), fetch),
  };
}

/** A server that is down says so when its metadata is asked for. */
async function challengeOf(url: URL, fetch: GuardedFetch): Promise<Challenge> {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const answer = await fetch(url.href, { method: 'POST', headers, body: PING }).catch(() => undefined);
  if (answer?.status !== 401) return {};
  const text = answer.headers.get('www-authenticate') ?? '';
  const read = (name: string): string | undefined =>
    new RegExp(`[\\s,]${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,"]+))`, 'i').exec(text)?.slice(1).find(Boolean);
  const [metadata, scope] = [read('resource_metadata'), read('scope')];
  return { ...(metadata === undefined ? {} : { metadata }), ...(scope === undefined ? {} : { scope }) };
}

async function resourceMetadata(
  slug: string,
  url: URL,
  named: string | undefined,
  fetch: GuardedFetch,
): Promise<Record<string, unknown> | undefined> {
  const wellKnown = `${url.origin}/.well-known/oauth-protected-resource`;
  const path = url.pathname === '/' ? [] : [wellKnown + url.pathname];
  for (const place of named === undefined ? [...path, wellKnown] : [named]) {
    const answer = await fetch(place, { headers: { accept: 'application/json' } });
    const body: unknown = answer.status === 200 ? await answer.json().catch(() => undefined) : undefined;
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  }
  if (named !== undefined) throw problem(slug, 'the resource metadata that it names cannot be read');
  return undefined;
}

/** It must be this server, or a whole that this server is a part of: a token for anything else is not for us to ask. */
function resourceOf(slug: string, url: URL, metadata: Record<string, unknown> | undefined): string {
  if (metadata === undefined) return url.href;
  const named = secureUrl(slug, metadata['resource'], 'the resource that its metadata names');
  const folder = named.pathname.endsWith('/') ? named.pathname : `${named.pathname}/`;
  const isOwn = named.origin === url.origin && `${url.pathname}/`.startsWith(folder);
  if (!isOwn) throw problem(slug, 'its resource metadata speaks of another resource');
  return String(metadata['resource']);
}

async function serverMetadata(slug: string, issuer: URL, fetch: GuardedFetch): Promise<AuthorizationServer> {
  const path = issuer.pathname.replace(/\/$/, '');
  const places = [
    `${issuer.origin}/.well-known/oauth-authorization-server${path}`,
    `${issuer.origin}/.well-known/openid-configuration${path}`,
    ...(path === '' ? [] : [`${issuer.origin}${path}/.well-known/openid-configuration`]),
  ];
  for (const place of places) {
    const answer = await fetch(place, { headers: { accept: 'application/json' } });
    if (answer.status === 200) return processDiscoveryResponse(issuer, answer);
  }
  throw problem(slug, 'its authorization server publishes no metadata');
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function problem(server: string, detail: string): PortcullisError {
  return new PortcullisError('PC_UPSTREAM_AUTHORIZATION', { server, detail });
}
