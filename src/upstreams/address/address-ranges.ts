/** Which addresses are not the public internet: the IANA special-purpose registries (RFC 6890), and clouds' metadata services. */
import { parseAddress, type Address } from './parse-address.ts';

export interface Range {
  readonly what: string;
  /** 'private' may be opened up by the operator; 'never' may not. */
  readonly kind: 'private' | 'never';
}

interface Block extends Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Services that hand out credentials to whoever can reach them. */
const METADATA = [
  '169.254.169.254', // AWS, Google, Azure, DigitalOcean, Oracle, OpenStack
  '169.254.170.2', // AWS ECS tasks
  '169.254.170.23', // AWS EKS pod identity
  '169.254.0.23', // Tencent
  '100.100.100.200', // Alibaba
  '168.63.129.16', // Azure wire server
  '192.0.0.192', // Oracle
  'fd00:ec2::254', // AWS
  'fd00:ec2::23', // AWS EKS pod identity
  'fd20:ce::254', // Google
  'fe80::a9fe:a9fe', // OpenStack
];

const BLOCKS: readonly Block[] = [
  ...METADATA.map((address) => block(address, 'a cloud metadata address', 'never')),
  block('0.0.0.0/8', 'an unspecified address'),
  block('10.0.0.0/8', 'a private address'),
  block('100.64.0.0/10', 'a shared carrier address'),
  block('127.0.0.0/8', 'a loopback address'),
  block('169.254.0.0/16', 'a link-local address'),
  block('172.16.0.0/12', 'a private address'),
  block('192.0.0.0/24', 'a protocol assignment address'),
  block('192.0.2.0/24', 'a documentation address'),
  block('192.88.99.0/24', 'a deprecated relay address'),
  block('192.168.0.0/16', 'a private address'),
  block('198.18.0.0/15', 'a benchmark address'),
  block('198.51.100.0/24', 'a documentation address'),
  block('203.0.113.0/24', 'a documentation address'),
  block('224.0.0.0/4', 'a multicast address', 'never'),
  block('255.255.255.255', 'the broadcast address', 'never'),
  block('240.0.0.0/4', 'a reserved address', 'never'),
  block('::', 'the unspecified address'),
  block('::1', 'a loopback address'),
  block('64:ff9b:1::/48', 'a local translation address'),
  block('100::/64', 'a discard address'),
  block('2001:2::/48', 'a benchmark address'),
  block('2001:10::/28', 'a deprecated overlay address'),
  block('2001:20::/28', 'an overlay address'),
  block('2001:db8::/32', 'a documentation address'),
  block('3fff::/20', 'a documentation address'),
  block('5f00::/16', 'a segment routing address'),
  block('fc00::/7', 'a private address'),
  block('fe80::/10', 'a link-local address'),
  block('fec0::/10', 'a site-local address'),
  block('ff00::/8', 'a multicast address', 'never'),
];

/** The special range that an address lies in; metadata addresses come first. */
export function rangeOf(address: Address): Range | undefined {
  const value = BigInt(address.value);
  return BLOCKS.find(
    (block) => block.family === address.family && value >= block.first && value <= block.last,
  );
}

function block(text: string, what: string, kind: Range['kind'] = 'private'): Block {
  const [prefix, length] = text.split('/');
  const { family, value } = parseAddress(prefix!)!;
  const width = family === 4 ? 32 : 128;
  const size = 1n << BigInt(width - Number(length ?? width));
  return { family, first: BigInt(value), last: BigInt(value) + size - 1n, what, kind };
}
