/** IP addresses and CIDR blocks as numbers. IPv4 is judged in its IPv6-mapped form, so both spellings are one address. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** The address in a canonical spelling; undefined when the text is none. Mapped IPv6 (::ffff:a.b.c.d) becomes IPv4. */
export function canonicalAddress(text: string): string | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare) || bare.includes('%')) return undefined;
  const host = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped === null) return host;
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** IPv6 that translators and tunnels deliver to an IPv4 address within (RFC 4291, 6052, 8215, 3056, 4380). */
const CARRIERS = ['::/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32'];
let isCarrier: ((address: string) => boolean) | undefined;

/** Whether a canonical host is such an address: it may be reached under another one. */
export function carriesIPv4(host: string): boolean {
  if (!isIPv6(host) || host === '::' || host === '::1') return false;
  isCarrier ??= blockMatcher(CARRIERS);
  return isCarrier(host);
}

/**
 * The one spelling that a URL's host is compared in: lower case, IDNA in ASCII, no trailing dot, addresses canonical. Undefined for
 * what can be no host. In a pattern, a `*` may stand in labels that are ASCII.
 */
export function canonicalHost(text: string): string | undefined {
  const address = canonicalAddress(text);
  if (address !== undefined) return address;
  if (/[/:@\s?#%\\]/.test(text)) return undefined;
  if (text.split('.').some((label) => label.includes('*') && !isAscii(label))) return undefined;
  // "*.1" is a pattern of addresses, and to a URL a wrong one.
  if (!URL.canParse(`http://${text}/`)) return text.includes('*') ? text.toLowerCase() : undefined;
  const host = new URL(`http://${text}/`).hostname.replace(/\.$/, '');
  return host === '' ? undefined : host;
}

function isAscii(text: string): boolean {
  return [...text].every((letter) => letter <= '\u007f');
}

/** What is wrong with a CIDR block, or undefined. */
export function blockProblem(block: string): string | undefined {
  const [address = '', bits, ...rest] = block.split('/');
  const family = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : undefined;
  if (family === undefined || rest.length > 0)
    return `${JSON.stringify(block)} is not an address or a CIDR block such as 10.0.0.0/8`;
  if (bits === undefined) return undefined;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= family
    ? undefined
    : `the prefix length of ${JSON.stringify(block)} must be 0 to ${family}`;
}

export function blockMatcher(blocks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', bits] = block.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
