/** Host names in one spelling each (WHATWG URL, section 3.5): lower case, punycode, numeric IPv4 forms resolved. */
import { formatAddress, parseAddress } from './ip.ts';
import { parseUrl } from './parse-url.ts';

export interface Host {
  readonly name: string;
  readonly isAddress: boolean;
}

/** Undefined when the text is not a host of a web URL. */
export function normaliseHost(text: string): Host | undefined {
  if (text === '' || /[\s/\\?#@%]/.test(text)) return undefined;
  const url = parseUrl(`http://${text}/`);
  if (url === undefined || url.port !== '' || /:\d*$/.test(text.replace(/^\[.*\]/, ''))) return undefined;
  return fromHostname(url.hostname);
}

/** The same for the `hostname` of a parsed URL. */
export function fromHostname(hostname: string): Host | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');
  const address = parseAddress(bare);
  if (address !== undefined) return { name: formatAddress(address), isAddress: true };
  return bare === '' || bare.startsWith('.') || bare.endsWith('.') || bare.includes('..') ? undefined : { name: bare.toLowerCase(), isAddress: false };
}
