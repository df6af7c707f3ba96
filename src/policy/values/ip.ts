/** IP addresses and CIDR blocks in their strict spellings (RFC 4632, RFC 4291). IPv4-mapped IPv6 addresses count as IPv4. */

/** 4 or 16 bytes. */
export type Address = readonly number[];

export interface Block {
  readonly network: Address;
  readonly bits: number;
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Undefined for anything but dotted decimals or RFC 4291 text; short, octal and hexadecimal IPv4 forms included. */
export function parseAddress(text: string): Address | undefined {
  const bytes = text.includes(':') ? parseV6(text) : parseV4(text);
  return bytes !== undefined && isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** A block, or a single address as the block that holds only itself; or what is wrong with the text. */
export function parseBlock(text: string): Block | { readonly trouble: string } {
  const slash = text.indexOf('/');
  const written = slash === -1 ? text : text.slice(0, slash);
  const bytes = written.includes(':') ? parseV6(written) : parseV4(written);
  if (bytes === undefined) return { trouble: `Expected an address or a CIDR block such as 10.0.0.0/8, got ${JSON.stringify(text)}.` };
  const width = bytes.length * 8;
  const bitsText = slash === -1 ? String(width) : text.slice(slash + 1);
  const bits = Number(bitsText);
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(bitsText) || bits > width) return { trouble: `Expected a prefix length from 0 to ${width} after "/".` };
  const network = masked(bytes, bits);
  if (network.some((byte, index) => byte !== bytes[index])) {
    return { trouble: `Expected the first address of the block. Did you mean ${JSON.stringify(`${formatAddress(network)}/${bits}`)}?` };
  }
  return isMapped(bytes) && bits >= 96 ? { network: network.slice(12), bits: bits - 96 } : { network, bits };
}

export function within(address: Address, { network, bits }: Block): boolean {
  if (address.length !== network.length) return false;
  const whole = bits >> 3;
  for (let index = 0; index < whole; index++) if (address[index] !== network[index]) return false;
  const rest = bits & 7;
  return rest === 0 || (address[whole]! ^ network[whole]!) >> (8 - rest) === 0;
}

/** One spelling per address: dotted decimals, or eight groups of IPv6 without compression. */
export function formatAddress(address: Address): string {
  if (address.length === 4) return address.join('.');
  const groups: string[] = [];
  for (let at = 0; at < 16; at += 2) groups.push(((address[at]! << 8) | address[at + 1]!).toString(16));
  return groups.join(':');
}

function isMapped(bytes: Address): boolean {
  return bytes.length === 16 && MAPPED.every((byte, index) => bytes[index] === byte);
}

function masked(bytes: Address, bits: number): Address {
  return bytes.map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - index * 8))) & 0xff);
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!, halves.length === 1);
  const tail = halves.length === 1 ? [] : parseGroups(halves[1]!, true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function parseGroups(text: string, mayEndInV4: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (mayEndInV4 && index === groups.length - 1 && group.includes('.')) {
      const v4 = parseV4(group);
      if (v4 === undefined) return undefined;
      bytes.push(...v4);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}
