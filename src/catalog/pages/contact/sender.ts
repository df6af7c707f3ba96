/** Who sends, for counting only. */
import { createHmac } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';

const NEAR = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe80)/i;

/**
 * The sender's address: the peer's, or what the nearest proxy says when the peer is a machine of our own network. Networks
 * of one IPv6 customer (/64) count as one.
 */
export function senderAddress(peer: string | undefined, forwardedFor: string | undefined): string {
  const own = (peer ?? '').replace(/^::ffff:/, '');
  const told = forwardedFor?.split(',').at(-1)?.trim() ?? '';
  const address = NEAR.test(own) && isIP(told) !== 0 ? told : own;
  return isIPv6(address) ? network(address) : address;
}

export function senderDigest(secret: Uint8Array, address: string): string {
  return createHmac('sha256', secret)
    .update(`portcullis contact sender ${address}`)
    .digest('base64url')
    .slice(0, 22);
}

function network(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
}
