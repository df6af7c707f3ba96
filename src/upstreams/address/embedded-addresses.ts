/** IPv4 addresses that an IPv6 address carries: a translator or tunnel on the way would deliver to them. */

const LOW = 0xffff_ffffn;

/** Every IPv4 address that could be reached through `address`, as 32-bit numbers. */
export function embeddedAddresses(address: bigint): number[] {
  const at = (shift: bigint): number => Number((address >> shift) & LOW);
  const prefix = (bits: bigint): bigint => address >> (128n - bits);
  const found: number[] = [];
  const upper = prefix(96n);
  // IPv4-compatible (RFC 4291 2.5.5.1), mapped (2.5.5.2), translated (RFC 2765), NAT64 (RFC 6052).
  if (upper === 0n && address > 1n) found.push(at(0n));
  if (upper === 0xffffn || upper === 0xffff_0000n || upper === 0x0064_ff9b_0000_0000_0000_0000n)
    found.push(at(0n));
  // Local-use NAT64 (RFC 8215): /48 puts the address around the reserved octet, longer prefixes at the end.
  if (prefix(48n) === 0x0064_ff9b_0001n) {
    found.push(at(0n), Number((((address >> 64n) & 0xffffn) << 16n) | ((address >> 40n) & 0xffffn)));
  }
  // 6to4 (RFC 3056).
  if (prefix(16n) === 0x2002n) found.push(at(80n));
  // Teredo (RFC 4380): the server in clear, the client inverted.
  if (prefix(32n) === 0x2001_0000n) found.push(at(64n), Number((address & LOW) ^ LOW));
  // ISATAP (RFC 5214).
  const identifier = (address >> 32n) & LOW;
  if (identifier === 0x0000_5efen || identifier === 0x0200_5efen) found.push(at(0n));
  return found;
}
