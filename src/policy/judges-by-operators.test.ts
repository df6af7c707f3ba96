import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { facts, judge, withCondition } from './samples.ts';

const holds = (op: string, value: unknown, given: unknown): boolean =>
  judge(withCondition('require', { path: 'args.a', op, value }), facts('t', { a: given as Json })).outcome ===
  'allow';

describe('operators', () => {
  it.each([
    ['eq', 1, 1, true],
    ['eq', 1, '1', false],
    ['eq', { a: [1, { b: null }] }, { a: [1, { b: null }] }, true],
    ['eq', [1, 2], [2, 1], false],
    ['eq', 0, -0, true],
    ['neq', 'x', 'y', true],
    ['neq', 'x', 'x', false],
    ['in', ['a', 'b'], 'b', true],
    ['in', [1, 'a'], '1', false],
    ['not_in', ['a'], 'b', true],
    ['not_in', ['a'], 'a', false],
    ['lt', 5, 4, true],
    ['lt', 5, 5, false],
    ['lte', 5, 5, true],
    ['gt', 5, 6, true],
    ['gte', 5, 5, true],
    ['gte', 5, 4.9, false],
    ['exists', true, 0, true],
    ['exists', true, null, false],
    ['exists', false, null, true],
    ['contains', 'sys', 'os.system', true],
    ['contains', 1, [0, 1], true],
    ['contains', 'x', ['y'], false],
    ['not_contains', 'rm', 'ls', true],
    ['regex', '^a+$', 'aaa', true],
    ['regex', 'b', 'abc', true],
    ['regex', '^b', 'abc', false],
    ['not_regex', 'b', 'abc', false],
    ['starts_with', '/srv/', '/srv/x', true],
    ['ends_with', '.txt', 'a.txt', true],
    ['glob', 'a*c', 'abc', true],
    ['glob', 'a*c', 'abd', false],
    ['glob', '*', '', true],
    ['length_lt', 3, 'ab', true],
    ['length_lte', 1, '😀', true],
    ['length_gt', 1, [1, 2], true],
    ['length_gte', 2, { a: 1 }, false],
    ['type_is', 'integer', 1, true],
    ['type_is', 'integer', 1.5, false],
    ['type_is', 'number', 1.5, true],
    ['type_is', 'null', null, true],
    ['type_is', 'object', [], false],
    ['type_is', 'array', [], true],
    ['email_domain_in', ['example.com'], 'a@Example.com', true],
    ['email_domain_in', ['example.com'], 'a@example.com.evil.org', false],
    ['email_domain_in', ['example.com'], 'x@evil.org,a@example.com', false],
    [
      'matches_schema',
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 2 },
      ],
      true,
    ],
    [
      'matches_schema',
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      false,
    ],
    ['matches_schema', { uniqueItems: true }, Array.from({ length: 20_000 }, (_, y) => ({ x: { y } })), true],
    ['between', [1, 5], 5, true],
    ['between', [1, 5], 6, false],
    [
      'matches_schema',
      { type: 'object', required: ['x'], properties: { x: { pattern: '^a' }, y: { pattern: '^b' } } },
      { x: 'ab', y: 'ba' },
      true,
    ],
    [
      'matches_schema',
      { type: 'object', properties: { x: { pattern: '^a' }, y: { pattern: '^b' } } },
      { x: 'ab', y: 'ab' },
      false,
    ],
  ])('%s %j on %j is %s', (op, value, given, expected) => {
    expect(holds(op, value, given)).toBe(expected);
  });
});

describe('url_host_in', () => {
  const hosts = ['api.example.com', '*.trusted.org', '127.0.0.1', '::1'];
  it.each([
    ['https://api.example.com/x', true],
    ['https://API.EXAMPLE.COM./x', true],
    ['https://a.trusted.org', true],
    ['http://127.1/', true],
    ['http://0x7f000001/', true],
    ['http://2130706433/', true],
    ['http://[::ffff:127.0.0.1]/', true],
    ['http://[0:0:0:0:0:0:0:1]/', true],
    ['https://trusted.org', false],
    ['https://api.example.com@evil.org/', false],
    ['https://evil.org/api.example.com', false],
    ['https://api.example.com.evil.org', false],
    ['https://evil.org#api.example.com', false],
    ['https:\\\\api.example.com', false],
    ['javascript:alert(1)', false],
    ['//api.example.com', false],
    ['https://api.example.com\n', false],
    ['', false],
  ])('%s → %s', (url, expected) => {
    expect(holds('url_host_in', hosts, url)).toBe(expected);
  });
});

describe('path_within', () => {
  it.each([
    ['/srv/data/x', true],
    ['/srv/data', true],
    ['/srv/data/./a/../b', true],
    ['/srv/data//x', true],
    ['/srv/%64ata/x', true],
    ['/srv/data/../secret', false],
    ['/srv/database', false],
    ['/srv/data/%2e%2e/secret', false],
    ['/srv/data/%252e%252e/secret', false],
    ['/srv/data/..\\..\\etc', false],
    ['/srv/data\0/../x', false],
    ['srv/data/x', false],
    ['~/srv/data', false],
    ['/srv/data/%00', false],
    ['/etc/passwd', false],
  ])('%s → %s', (path, expected) => {
    expect(holds('path_within', ['/srv/data'], path)).toBe(expected);
  });

  it('keeps relative paths below their directory', () => {
    expect(holds('path_within', ['.'], 'a/b')).toBe(true);
    expect(holds('path_within', ['.'], '../a')).toBe(false);
    expect(holds('path_within', ['.'], '/a')).toBe(false);
    expect(holds('path_within', ['docs'], 'docs/../secret')).toBe(false);
  });
});

describe('ip_in', () => {
  it.each([
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['11.1.2.3', false],
    ['2001:db8::1', true],
    ['2001:0db8:0:0::1', true],
    ['10.1.2', false],
    ['010.1.2.3', false],
  ])('%s → %s', (address, expected) => {
    expect(holds('ip_in', ['10.0.0.0/8', '2001:db8::/32'], address)).toBe(expected);
  });
});

describe('time', () => {
  const at = (now: string, op: string, value: unknown): string =>
    judge(withCondition('require', { path: 'time.utc', op, value }), { ...facts('t'), now: Date.parse(now) })
      .outcome;
  it('knows times of day, over midnight too, and weekdays', () => {
    expect(at('2026-11-21T23:30:00Z', 'between', ['22:00', '06:00'])).toBe('allow');
    expect(at('2026-11-21T06:00:00Z', 'between', ['22:00', '06:00'])).toBe('deny');
    expect(at('2026-11-21T12:00:00Z', 'weekday_in', ['saturday'])).toBe('allow');
    expect(at('2026-11-20T12:00:00Z', 'weekday_in', ['saturday'])).toBe('deny');
  });
});

it('a regular expression takes linear time', () => {
  const started = process.cpuUsage();
  holds('regex', '^(a+)+$', `${'a'.repeat(50_000)}!`);
  expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
});
