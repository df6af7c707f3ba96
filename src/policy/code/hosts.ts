/** Whether the URL of a network call stays with the hosts of a policy, read from what is known of its text. */
import { globMatcher } from '../glob.ts';

/** The start of a string that is made at run time, or all of it. */
export interface KnownText {
  readonly text: string;
  readonly complete: boolean;
}

/** Scheme and authority, closed by a character after which nothing can change them. */
const ORIGIN = /^[a-z]+:\/\/[a-z0-9.-]+(?::\d+)?[/?#]/i;
const SECURE = new Set(['https:', 'wss:']);
const SCHEMES = new Set([...SECURE, 'http:', 'ws:']);

/** @returns what is wrong with the URL; undefined when it stays within the hosts @param hosts undefined: any */
export function urlProblem(
  url: KnownText | undefined,
  hosts: readonly string[] | undefined,
): string | undefined {
  if (hosts === undefined) return undefined;
  const parsed = url === undefined ? undefined : originOf(url);
  if (parsed === undefined) return 'the URL must be a literal, or begin with one that ends its host with "/"';
  if (!SCHEMES.has(parsed.protocol)) return `${parsed.protocol} is not a scheme of the network`;
  if (hosts.some((host) => admitsUrl(host, parsed))) return undefined;
  return `${parsed.origin === 'null' ? parsed.host : parsed.origin} is not a permitted host`;
}

function originOf({ text, complete }: KnownText): URL | undefined {
  if (!complete && !ORIGIN.test(text)) return undefined;
  try {
    const url = new URL(text);
    return url.username === '' && url.password === '' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** A bare host means HTTPS on its own port; anything else is written as an origin. */
function admitsUrl(host: string, url: URL): boolean {
  if (!host.includes('://')) return SECURE.has(url.protocol) && globMatcher(host.toLowerCase())(url.host);
  try {
    return new URL(host).origin === url.origin && url.origin !== 'null';
  } catch {
    return false;
  }
}
