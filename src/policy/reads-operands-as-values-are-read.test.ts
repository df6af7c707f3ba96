import { describe, expect, it } from 'vitest';
import { checkPolicy } from './index.ts';
import { facts, judge, withCondition } from './samples.ts';

const denies = (op: string, value: unknown, given: string): boolean =>
  judge(withCondition('deny_if', { path: 'args.a', op, value }), facts('t', { a: given })).outcome === 'deny';
const allows = (op: string, value: unknown, given: string): boolean =>
  judge(withCondition('require', { path: 'args.a', op, value }), facts('t', { a: given })).outcome ===
  'allow';
const refused = (op: string, value: unknown): boolean =>
  !checkPolicy(withCondition('deny_if', { path: 'args.a', op, value })).ok;

describe('what a condition compares with', () => {
  it.each([
    ['bücher.example', 'https://bücher.example/'],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['*.BÜCHER.example', 'https://www.bücher.example/'],
    ['127.1', 'http://127.0.0.1/'],
    ['0x7f000001', 'http://127.0.0.1/'],
    ['EVIL.example.', 'https://evil.example/'],
    ['10.0.*', 'http://10.0.1.1/'],
  ])('is the same host in every spelling: %s', (host, url) => {
    expect(denies('url_host_in', [host], url)).toBe(true);
    expect(denies('url_host_in', [host], 'https://other.example/')).toBe(false);
  });

  it.each([
    ['evil.example.', 'x@evil.example'],
    ['bücher.example', 'x@xn--bcher-kva.example'],
  ])('is the same domain in every spelling: %s', (domain, address) => {
    expect(denies('email_domain_in', [domain], address)).toBe(true);
  });

  it.each([
    ['url_host_in', 'bü*.example'],
    ['url_host_in', 'example.com?x'],
    ['url_host_in', 'example.com#x'],
    ['url_host_in', 'ex%61mple.com'],
    ['email_domain_in', '@example.com'],
    ['email_domain_in', '*.example.com'],
    ['email_domain_in', 'x y'],
    ['url_scheme_in', 'https://'],
    ['url_scheme_in', 'ht tp'],
    ['ip_in', 'fe80::1%eth0'],
    ['ip_in', 'fe80::%eth0/64'],
  ])('is refused where it could never hold: %s %s', (op, operand) => {
    expect(refused(op, [operand])).toBe(true);
  });
});

describe('times in arguments', () => {
  const hours = ['08:00', '18:00'];
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

  it('are judged in UTC, whatever their offset', () => {
    expect(allows('between', hours, '2026-01-01T10:00:00+09:00')).toBe(false);
    expect(allows('between', hours, '2026-01-01T20:00:00+09:00')).toBe(true);
    expect(allows('between', ['2026-01-01T10:00', '2026-01-01T11:00'], '2026-01-01T10:30:00Z')).toBe(true);
    expect(allows('between', ['2026-01-01', '2026-01-02'], '2026-01-01')).toBe(true);
  });

  it.each(['evil T10:00', 'evil 5', '5', '2026-01-01T10:00', '2026-01-01T10:00:00Z evil', '2026-13-01'])(
    'that are not exact count against the call: %s',
    (text) => {
      expect(allows('between', hours, text)).toBe(false);
      expect(allows('weekday_in', days, text)).toBe(false);
      expect(denies('weekday_in', ['monday'], text)).toBe(true);
      expect(allows('between', ['1990-01-01', '2100-01-01'], text)).toBe(false);
    },
  );
});
