/**
 * Protection against DNS rebinding: a browser page on a foreign name cannot reach the gateway, because its Host and
 * Origin are not ours (MCP specification, Streamable HTTP, Security Warning).
 */
import { addressRanges, type AddressRanges } from './address-ranges.ts';
import { PortcullisError } from '../errors.ts';

export interface AddressPolicy {
  /** Host names (without port) that requests may name beside those of loopback, which are served on any port. */
  readonly hosts: ReadonlySet<string>;
  /** Origins (scheme://host[:port]) that browsers may call from. */
  readonly origins: ReadonlySet<string>;
  /** Whose X-Forwarded-For is believed. */
  readonly proxies: AddressRanges;
  /** Host headers that were looked at and are served: the same few come with every request. */
  readonly seen: Set<string>;
}

const MOST_SEEN = 64;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * What may be named in Host and Origin, from the public URL and the bound address. A gateway bound to all addresses is
 * reached by names it cannot know, so only its public URL and loopback count there.
 */
export function addressPolicy(
  publicUrl: string,
  boundHost: string,
  trustedProxies: readonly string[] = [],
): AddressPolicy {
  const url = new URL(publicUrl);
  const hosts = new Set([url.hostname.toLowerCase()]);
  if (boundHost !== '0.0.0.0' && boundHost !== '::')
    hosts.add(boundHost.includes(':') ? `[${boundHost}]` : boundHost.toLowerCase());
  return {
    hosts,
    origins: new Set([url.origin]),
    proxies: addressRanges(trustedProxies),
    seen: new Set(),
  };
}

/** @throws PC_HOST_FORBIDDEN, PC_ORIGIN_FORBIDDEN */
export function checkHostAndOrigin(
  policy: AddressPolicy,
  host: string | undefined,
  origin: string | undefined,
): void {
  if (host !== undefined && origin === undefined && policy.seen.has(host)) return;
  const name = hostName(host);
  if (name === undefined || !(policy.hosts.has(name) || LOOPBACK.has(name))) {
    throw new PortcullisError('PC_HOST_FORBIDDEN', { host: printable(host) });
  }
  if (policy.seen.size < MOST_SEEN) policy.seen.add(host!);
  if (origin === undefined || policy.origins.has(origin)) return;
  if (LOOPBACK.has(originHost(origin))) return;
  throw new PortcullisError('PC_ORIGIN_FORBIDDEN', { origin: printable(origin) });
}

function hostName(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:/?#@\s\\]+)(?::\d{1,5})?$/.exec(host);
  return match?.[1]?.toLowerCase();
}

function originHost(origin: string): string {
  const match = /^https?:\/\/([^/?#@\s\\]+)$/.exec(origin);
  return hostName(match?.[1]) ?? '';
}

function printable(text: string | undefined): string {
  return text === undefined ? '(none)' : JSON.stringify(text.slice(0, 100));
}
