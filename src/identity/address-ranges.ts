/** Sets of addresses in CIDR notation (RFC 4632, RFC 4291). An IPv4 address inside IPv6 is the IPv4 address. */
import { BlockList, isIP } from 'node:net';

export interface AddressRanges {
  has(address: string): boolean;
}

/** @returns what is wrong with a range, undefined when nothing is */
export function rangeProblem(text: string): string | undefined {
  const [address = '', bits, ...more] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const isPrefix = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  if (most > 0 && isPrefix && more.length === 0) return undefined;
  return 'Expected an address or a CIDR range, such as 203.0.113.0/24 or 2001:db8::/32.';
}

/** @param texts without problems */
export function addressRanges(texts: readonly string[]): AddressRanges {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits] = text.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return {
    has(address) {
      const plain = plainAddress(address);
      return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

/** Without the IPv6 coat of an IPv4 address, and without a zone. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}

/** Networks of whose addresses each is an IPv4 address in another coat, and the one of `::1`. */
const OF_SINGLE_HOSTS = new Set(['0:0:0:0', '64:ff9b:0:0']);

/**
 * What one household or machine has for itself: an IPv4 address, or the 64 bits of an IPv6 address that its owner cannot
 * choose (RFC 4291, section 2.5.4). Text that is no address stays as it is.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain;
  const written = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [head = [], tail] = written
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0');
  const network = [...head, ...zeros, ...(tail ?? [])].slice(0, 4).join(':');
  return OF_SINGLE_HOSTS.has(network) ? plain : `${network}::/64`;
}
