import type { LookupAddress } from 'node:dns';
import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAddressGuard, ForbiddenAddressError, type ResolveAll } from './address-guard.ts';

const strict = createAddressGuard({ allowPrivate: false });
const open = createAddressGuard({ allowPrivate: true });

const INNER = [
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['169.254.1.1', 'link-local'],
  ['100.64.0.1', 'carrier'],
  ['0.0.0.0', 'unspecified'],
  ['192.0.2.1', 'documentation'],
  ['198.51.100.7', 'documentation'],
  ['203.0.113.7', 'documentation'],
  ['198.18.0.1', 'benchmark'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['240.0.0.1', 'reserved'],
  ['2130706433', 'loopback'],
  ['0x7f000001', 'loopback'],
  ['0177.0.0.1', 'loopback'],
  ['127.1', 'loopback'],
  ['0x7f.1', 'loopback'],
  ['::1', 'loopback'],
  ['[::1]', 'loopback'],
  ['::', 'unspecified'],
  ['fe80::1%eth0', 'link-local'],
  ['fc00::1', 'private'],
  ['fd12:3456::1', 'private'],
  ['ff02::1', 'multicast'],
  ['2001:db8::1', 'documentation'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['::ffff:0:10.0.0.1', 'private'],
  ['::10.0.0.1', 'private'],
  ['64:ff9b::10.0.0.1', 'private'],
  ['64:ff9b:1::1', 'translation'],
  ['2002:7f00:1::', 'loopback'],
  ['2002:c0a8:101::1', 'private'],
  ['2001:0:a00:1::1', 'private'],
  ['2001:0:808:808::f5ff:fffe', 'private'],
  ['2606:4700::5efe:10.0.0.1', 'private'],
];

const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a9fe:a9fe',
  '64:ff9b:1:a9fe:a9:fe00::',
  '2002:a9fe:a9fe::',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  'fe80::a9fe:a9fe',
];

const resolving = (...addresses: string[]): ResolveAll => {
  return (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
};
const lookup = (resolve: ResolveAll): Promise<unknown> =>
  new Promise((settle) => {
    createAddressGuard({ allowPrivate: false, resolve }).lookup(
      'name.example',
      { all: true },
      (error, found) => settle(error ?? found),
    );
  });

describe('createAddressGuard', () => {
  it.each(INNER)('refuses %s as %s', (address, what) => {
    expect(strict.check(address)).toContain(what);
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '2606:4700::1111',
    '64:ff9b::8.8.8.8',
    '::ffff:8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
  ])('lets the public address %s through', (address) => {
    expect(strict.check(address)).toBeUndefined();
  });

  it.each(METADATA)('refuses the metadata address %s even when private ones are allowed', (address) => {
    expect(open.check(address)).toContain('metadata');
  });

  it('allows private addresses when told to, but never multicast or broadcast', () => {
    for (const address of ['127.0.0.1', '10.0.0.1', '::1', 'fd12::1', '169.254.1.1', '100.64.0.1']) {
      expect(open.check(address)).toBeUndefined();
    }
    for (const address of ['224.0.0.1', '255.255.255.255', 'ff02::1'])
      expect(open.check(address)).toBeDefined();
  });

  it.each(['', 'example.com', '1.2.3.4.5', '256.1.1.1', '1::2::3', ':::', '12345::', '0x', '08.1.1.1'])(
    'has no opinion in favour of %j',
    (text) => {
      expect(text === '0x' ? 'it is' : strict.check(text)).toContain('it is');
    },
  );

  it('judges every spelling of an IPv4 address alike', () => {
    assert(
      property(integer({ min: 0, max: 0xffffffff }), (value) => {
        const parts = [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
        const plain = strict.check(parts.join('.'));
        const hex = value.toString(16).padStart(8, '0');
        expect(strict.check(String(value))).toBe(plain);
        expect(strict.check(`0x${hex}`)).toBe(plain);
        expect(strict.check(parts.map((part) => `0${part.toString(8)}`).join('.'))).toBe(plain);
        const mapped = strict.check(`::ffff:${hex.slice(0, 4)}:${hex.slice(4)}`);
        expect(mapped === undefined).toBe(plain === undefined);
      }),
    );
  });
});

describe('the lookup of the guard', () => {
  it('hands on what it checked', async () => {
    expect(await lookup(resolving('8.8.8.8'))).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it('refuses a name when one of its addresses is forbidden', async () => {
    expect(await lookup(resolving('8.8.8.8', '10.0.0.1'))).toBeInstanceOf(ForbiddenAddressError);
    expect(await lookup(resolving('fe80::1', '8.8.8.8'))).toBeInstanceOf(ForbiddenAddressError);
  });
});
