/** url_host_in, url_host_not_in, url_scheme_in, ip_in, ip_not_in. */
import { globMatcher } from '../glob.ts';
import { list, text } from '../shape.ts';
import { blockMatcher, blockProblem, canonicalAddress, canonicalHost, carriesIPv4 } from './addresses.ts';
import { negated, type Operator } from './operator.ts';

/** scheme://authority, without what readers disagree on: blanks, backslashes, a second @, percent-encoding in the host. */
const PLAIN =
  /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^\u0000-\u0020\u007f\\/?#@]*@)?[^\u0000-\u0020\u007f\\/?#@%]+(?:[/?#][^\u0000-\u0020\u007f\\]*)?$/;

/** By the WHATWG URL standard, as fetch and browsers read it. Texts that it would repair silently are not judged. */
function parseUrl(value: unknown): URL | undefined {
  if (typeof value !== 'string' || !PLAIN.test(value) || !URL.canParse(value)) return undefined;
  return new URL(value);
}

export const urlHostIn: Operator = {
  name: 'url_host_in',
  negative: false,
  operand: list(text('a host or a pattern such as *.example.com'), { min: 1 }),
  problem: (hosts: readonly string[]) => {
    const odd = hosts.find((host) => canonicalHost(host) === undefined);
    return odd === undefined
      ? undefined
      : `${JSON.stringify(odd)} must be a host alone, without scheme, port or path`;
  },
  prepare: (hosts: readonly string[]) => {
    const matchers = hosts.map((host) => globMatcher(canonicalHost(host)!));
    return (value) => {
      const url = parseUrl(value);
      const host = url === undefined ? undefined : canonicalHost(url.hostname);
      // Other characters are in no name of a host, and readers stop at some of them.
      if (host === undefined || !/^[a-z0-9_.:-]+$/.test(host)) return undefined;
      return matchers.some((matches) => matches(host)) || (carriesIPv4(host) ? undefined : false);
    };
  },
};
export const urlHostNotIn = negated(urlHostIn, 'url_host_not_in');

export const urlSchemeIn: Operator = {
  name: 'url_scheme_in',
  negative: false,
  operand: list(text('a scheme such as https'), { min: 1 }),
  problem: (schemes: readonly string[]) => {
    const odd = schemes.find((scheme) => !/^[A-Za-z][A-Za-z0-9+.-]*:?$/.test(scheme));
    return odd === undefined ? undefined : `${JSON.stringify(odd)} must be a scheme alone, such as "https"`;
  },
  prepare: (schemes: readonly string[]) => {
    const known = new Set(schemes.map((scheme) => `${scheme.toLowerCase().replace(/:$/, '')}:`));
    return (value) => {
      const url = parseUrl(value);
      return url === undefined ? undefined : known.has(url.protocol);
    };
  },
};

export const ipIn: Operator = {
  name: 'ip_in',
  negative: false,
  operand: list(text('a CIDR block'), { min: 1 }),
  problem: (blocks: readonly string[]) => blocks.map(blockProblem).find((problem) => problem !== undefined),
  prepare: (blocks: readonly string[]) => {
    const matches = blockMatcher(blocks);
    return (value) => {
      const address = typeof value === 'string' ? canonicalAddress(value) : undefined;
      if (address === undefined) return undefined;
      return matches(address) || (carriesIPv4(address) ? undefined : false);
    };
  },
};
export const ipNotIn = negated(ipIn, 'ip_not_in');
