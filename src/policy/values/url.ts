/**
 * URLs, read as the WHATWG standard says and only when every common parser agrees with it: spellings that parsers read
 * differently (backslashes, white space, missing slashes, several `@`, percent-encoding in the host) cannot be judged.
 */
import type { Json } from '../../json.ts';
import { fromHostname, normaliseHost, type Host } from './host.ts';
import { parseUrl } from './parse-url.ts';

export interface ReadUrl {
  /** Lower case, without the colon. */
  readonly scheme: string;
  /** Undefined for URLs without one, such as mailto:. */
  readonly host: Host | undefined;
}

// eslint-disable-next-line no-control-regex -- parsers drop or keep these differently
const AMBIGUOUS = /[\u0000-\u0020\u007f\\]/;
const AUTHORITY = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]+)/;
const SPECIAL = new Set(['http', 'https', 'ws', 'wss', 'ftp']);

/** Undefined when the value is not a URL, or one that cannot be judged. */
export function readUrl(value: Json): ReadUrl | undefined {
  if (typeof value !== 'string' || AMBIGUOUS.test(value)) return undefined;
  const url = parseUrl(value);
  if (url === undefined) return undefined;
  const scheme = url.protocol.slice(0, -1);
  const authority = AUTHORITY.exec(value)?.[1];
  if (authority === undefined) return SPECIAL.has(scheme) ? undefined : { scheme, host: undefined };
  const at = authority.lastIndexOf('@');
  if (authority.indexOf('@') !== at || authority.slice(at + 1).includes('%')) return undefined;
  return { scheme, host: SPECIAL.has(scheme) ? fromHostname(url.hostname) : normaliseHost(url.hostname) };
}
