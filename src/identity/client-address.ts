/**
 * Where a request comes from. The socket says so; X-Forwarded-For counts only as far as proxies wrote it that the operator
 * trusts: read from its end, the first address that is not such a proxy's is the client's. Whatever stands before it, the
 * client may have written itself.
 */
import type { IncomingMessage } from 'node:http';
import { plainAddress, type AddressRanges } from './address-ranges.ts';

export function clientAddress({ socket, headers }: IncomingMessage, proxies: AddressRanges): string {
  let address = plainAddress(socket.remoteAddress ?? '');
  const forwarded = [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',').toReversed();
  for (const hop of forwarded) {
    if (!proxies.has(address)) return address;
    const text = plainAddress(hop.trim());
    if (text === '') return address;
    address = text;
  }
  return address;
}
