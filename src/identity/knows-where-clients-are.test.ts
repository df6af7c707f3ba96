import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { addressRanges, networkOf, rangeProblem } from './address-ranges.ts';
import { clientAddress } from './client-address.ts';

const from = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as IncomingMessage;

it.each([
  ['203.0.113.7', ['203.0.113.0/24'], true],
  ['203.0.114.7', ['203.0.113.0/24'], false],
  ['::ffff:203.0.113.7', ['203.0.113.7'], true],
  ['2001:db8::5', ['2001:db8::/32'], true],
  ['2001:db9::5', ['2001:db8::/32'], false],
  ['', ['0.0.0.0/0', '::/0'], false],
  ['not an address', ['0.0.0.0/0'], false],
])('%s in %j: %s', (address, ranges, expected) => {
  expect(addressRanges(ranges).has(address)).toBe(expected);
});

it.each([
  '',
  'example.com',
  '203.0.113.0/33',
  '2001:db8::/129',
  '203.0.113.0/24/1',
  '203.0.113.0/',
  '203.0.113/24',
])('%j is no range', (text) => expect(rangeProblem(text)).toBeDefined());

it('believes the socket, and proxies that are trusted', () => {
  const proxies = addressRanges(['10.0.0.0/8']);
  expect(clientAddress(from('198.51.100.1', '203.0.113.7'), proxies)).toBe('198.51.100.1');
  expect(clientAddress(from('10.0.0.1', '203.0.113.7'), proxies)).toBe('203.0.113.7');
  expect(clientAddress(from('10.0.0.1', 'spoofed, 203.0.113.7, 10.0.0.2'), proxies)).toBe('203.0.113.7');
  expect(clientAddress(from('10.0.0.1'), proxies)).toBe('10.0.0.1');
  expect(clientAddress(from('10.0.0.1', 'nonsense'), proxies)).toBe('nonsense');
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:0:7::1', '2001:db8:0:7::/64'],
  ['2001:DB8:0:7:ffff:1:2:3', '2001:db8:0:7::/64'],
  ['2001:db8::7', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '::1'],
  ['64:ff9b::cb00:7107', '64:ff9b::cb00:7107'],
  ['nonsense', 'nonsense'],
])('counts %s as %s', (address, network) => expect(networkOf(address)).toBe(network));
