import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { decideResource } from './index.ts';
import { compiled, facts, judge, withCondition } from './samples.ts';

const passes = (list: 'require' | 'deny_if', op: string, value: unknown, given: Json): boolean =>
  judge(withCondition(list, { path: 'args.a', op, value }), facts('t', { a: given })).outcome === 'allow';

describe('an argument in another case', () => {
  const policy = withCondition('deny_if', { path: 'args.amount', op: 'gt', value: 100 });

  it('counts against the call, since many servers take it for the one that the rule reads', () => {
    expect(judge(policy, facts('t', { Amount: 1000 })).outcome).toBe('deny');
    expect(judge(policy, facts('t', { other: 1000 })).outcome).toBe('allow');
  });

  it('is another argument for a server that tells them apart', () => {
    expect(judge(policy, facts('t', { Amount: 1000 }, { caseSensitive: true })).outcome).toBe('allow');
  });
});

describe('path_within', () => {
  it.each([
    ' /etc/passwd',
    '/srv/data/.. ',
    'a\n/etc/passwd',
    '$HOME/.ssh/id_rsa',
    '%USERPROFILE%/x',
    '%%32%65%%32%65/x',
    'a/%c0%ae%c0%ae/x',
    'a/%u002e%u002e/x',
    'a/\uff0e\uff0e/x',
    'a\uff0f..\uff0fx',
  ])('does not hold for %j', (path) => {
    expect(passes('require', 'path_within', ['.', '/srv/data'], path)).toBe(false);
  });

  it.each([
    'C:\\data\\.. \\x',
    'C:\\data\\...\\x',
    'C:\\data\\a::$DATA',
    'C:\\data\\SECRET~1\\x',
    'C:\\data.\\x',
  ])('does not judge %s, which Windows reads as something else', (path) => {
    expect(passes('require', 'path_within', ['C:\\data'], path)).toBe(false);
    expect(passes('deny_if', 'path_within', ['C:\\secret'], path)).toBe(false);
  });

  it.each(['/ETC/passwd', '/Etc/./passwd', '/e\u200ctc/passwd'])('denies %j where /etc is denied', (path) => {
    expect(passes('deny_if', 'path_within', ['/etc'], path)).toBe(false);
  });

  it.each(['notes\u2026.txt', '100%.txt', 'a b/c', 'Foo$Bar.class', 'r\u00e9sum\u00e9.pdf'])(
    'holds for %j',
    (path) => {
      expect(passes('require', 'path_within', ['.'], path)).toBe(true);
    },
  );
});

describe('hosts and addresses', () => {
  it.each([
    'http://[::a9fe:a9fe]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://[64:ff9b:1::a9fe:a9fe]/',
  ])('%s may be the address that it carries', (url) => {
    expect(passes('require', 'url_host_not_in', ['169.254.169.254'], url)).toBe(false);
    expect(passes('deny_if', 'url_host_in', ['169.254.169.254'], url)).toBe(false);
  });

  it.each(['::10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::'])('%s may be 10.0.0.1', (address) => {
    expect(passes('require', 'ip_not_in', ['10.0.0.0/8'], address)).toBe(false);
    expect(passes('require', 'ip_not_in', ['10.0.0.0/8', address], '2606:4700::1')).toBe(true);
    expect(passes('require', 'ip_in', [address], address)).toBe(true);
  });

  it.each([
    'https://evil.com;.example.com',
    'https://evil.com&x.example.com',
    'https://`id`.example.com',
    'https://$(id).example.com',
  ])('no host is read from %s', (url) => {
    expect(passes('require', 'url_host_in', ['*.example.com'], url)).toBe(false);
  });

  it.each([
    '=?utf-8?q?a=40evil.com=3e=00?=@example.com',
    'a%evil.com@example.com',
    'evil.com!a@example.com',
    'a\uff20evil.com@example.com',
    'a\u0000b@example.com',
  ])('no domain is read from %j', (address) => {
    expect(passes('require', 'email_domain_in', ['example.com'], address)).toBe(false);
  });
});

describe('a denied resource', () => {
  const policy = compiled({
    version: '1',
    default: 'deny',
    resources: {
      default: 'deny',
      allow: ['file:///*', 'note://*'],
      deny: ['file:///secret.txt', 'file:///priv/*', 'file:///\u00e9.txt', 'note://inner/one'],
    },
  });

  it.each([
    'file:////secret.txt',
    'file:///secret.txt/',
    'file:///secret.txt?x',
    'file:///secret.txt#x',
    'file:///SECRET.txt',
    'file:///%C3%A9.txt',
    'file:///e\u0301.txt',
    'file:////priv/x',
    'file:///Priv/x',
    'note://INNER/one',
    'note://me@inner/one',
    'note://inner:0/one',
    'note://inner//one?x',
  ])('is denied as %j', (uri) => {
    expect(decideResource(policy, uri).outcome).toBe('deny');
  });

  it.each(['file:///secret.txt.bak', 'file:///other?file=secret.txt', 'note://inner/onetwo'])(
    'leaves %s alone',
    (uri) => {
      expect(decideResource(policy, uri).outcome).toBe('allow');
    },
  );
});
