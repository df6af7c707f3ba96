import { describe, expect, it } from 'vitest';
import { ExactNumber, type Json } from '../json.ts';
import { checkPolicy, decideResource, importIntercept } from './index.ts';
import { compiled, facts, judge, withCondition } from './samples.ts';

const passes = (list: 'require' | 'deny_if', op: string, value: unknown, given: Json): boolean =>
  judge(withCondition(list, { path: 'args.a', op, value }), facts('t', { a: given })).outcome === 'allow';

describe('what readers disagree on counts against the call', () => {
  it.each([
    'http:good.com',
    'http:///good.com',
    'https://a@b@good.com/',
    'https://%67ood.com/',
    'http:/good.com',
  ])('the URL %s', (url) => {
    expect(passes('require', 'url_host_in', ['good.com'], url)).toBe(false);
    expect(passes('deny_if', 'url_host_in', ['other.com'], url)).toBe(false);
  });

  it.each(['/srv/data/%2e%2e/secret', '/srv/data/..\\..\\etc', 'srv/data/x', '//srv/data/x'])(
    'the path %s',
    (path) => {
      expect(passes('require', 'path_within', ['/srv/data'], path)).toBe(false);
      expect(passes('deny_if', 'path_within', ['/srv/data'], path)).toBe(false);
    },
  );

  it('a path elsewhere is judged plainly', () => {
    expect(passes('deny_if', 'path_within', ['/srv/data'], '/etc/passwd')).toBe(true);
    expect(passes('require', 'path_within', ['.'], 'file:///etc')).toBe(false);
  });
});

it('a number that has many spellings opens no counter', () => {
  const policy = {
    version: '1',
    default: 'deny',
    tools: { t: { limits: [{ counter: 'c', window: 60, max: 1, by: 'args.id' }] } },
  };
  expect(judge(policy, facts('t', { id: new ExactNumber('9007199254740993') })).outcome).toBe('deny');
  expect(judge(policy, facts('t', { id: 7 })).outcome).toBe('allow');
});

it('a schema that refers to itself without end is not judged, and does not throw', () => {
  expect(passes('require', 'matches_schema', { $ref: '#' }, { x: 1 })).toBe(false);
});

it('a short spelling beside a limit counts for itself, and never loosens it', () => {
  const tool = {
    rate_limit: { max: 5, window: 60 },
    limits: [{ counter: 't_rate', window: 'hour', max: 1 }],
  };
  const parsed = checkPolicy({ version: '1', default: 'deny', tools: { t: tool } });
  expect(parsed.ok && parsed.document.tools?.t).toEqual({
    limits: [
      { counter: 't_rate', window: 'hour', max: 1 },
      { counter: 't_rate_session', window: 'minute', max: 5, scope: 'session' },
    ],
  });
  expect(parsed.ok && checkPolicy(parsed.document)).toMatchObject({ ok: true, notes: [] });
});

it('a short spelling may not contradict a limit', () => {
  const limit = { window: 'hour', max: 1 };
  const tool = {
    rate_limit: { max: 5, window: 60 },
    limits: [
      { counter: 't_rate', ...limit },
      { counter: 't_rate_session', ...limit },
    ],
  };
  expect(checkPolicy({ version: '1', default: 'deny', tools: { t: tool } })).toMatchObject({ ok: false });
});

it('a NUL hides nothing in a resource', () => {
  const policy = compiled({
    version: '1',
    default: 'deny',
    resources: { default: 'deny', allow: ['open://*'] },
  });
  expect(decideResource(policy, 'open://a').outcome).toBe('allow');
  expect(decideResource(policy, 'open://a%00b').outcome).toBe('deny');
});

it.each([
  'file:///secret',
  'FILE:///secret',
  'file:///%73ecret',
  'file:///%2573ecret',
  'file:/secret',
  'file:///secret%2fkey',
])('no other spelling of a resource slips past its denial: %s', (uri) => {
  const policy = compiled({
    version: '1',
    default: 'deny',
    resources: { default: 'allow', deny: ['file:///secret*'] },
  });
  expect(decideResource(policy, uri)).toMatchObject({ outcome: 'deny', rule: '/resources/deny/0' });
  expect(decideResource(policy, 'file:///open/secret').outcome).toBe('allow');
});

describe('an Intercept policy that cannot be converted whole is refused', () => {
  it.each([
    ['an unknown member', '- { name: a, spend: { max: 5 } }'],
    ['a misspelt one', '- { name: a, condition: [] }'],
    ['another counter', '- { name: a, conditions: [{ path: state.other.n, op: lte, value: 5 }] }'],
    [
      'a denial with conditions',
      '- { name: a, action: deny, conditions: [{ path: args.x, op: eq, value: 1 }] }',
    ],
    ['an unknown action', '- { name: a, action: block }'],
  ])('%s', (_, rule) => {
    expect(importIntercept(`version: "1"\ntools:\n  t:\n    rules:\n      ${rule}\n`)).toMatchObject({
      ok: false,
    });
  });
});
