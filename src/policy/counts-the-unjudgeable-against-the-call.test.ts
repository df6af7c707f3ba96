import { describe, expect, it } from 'vitest';
import { ExactNumber, type JsonObject } from '../json.ts';
import { facts, judge, withCondition } from './samples.ts';

const outcome = (list: 'require' | 'deny_if', condition: object, args: JsonObject): string =>
  judge(withCondition(list, condition), facts('t', args)).outcome;

describe('what cannot be judged', () => {
  it.each([
    ['missing, positive', { path: 'args.a', op: 'eq', value: 1 }, {}, 'deny', 'allow'],
    ['in another case', { path: 'args.a', op: 'eq', value: 1 }, { A: 2 }, 'deny', 'deny'],
    ['in another case, deep', { path: 'args.a.key', op: 'eq', value: 1 }, { a: { Key: 2 } }, 'deny', 'deny'],
    [
      'in another case, exists',
      { path: 'args.key', op: 'exists', value: true },
      { ['\u212aey']: 1 },
      'deny',
      'deny',
    ],
    ['in another case, absent', { path: 'args.a', op: 'exists', value: false }, { A: 1 }, 'deny', 'deny'],
    ['missing, negative', { path: 'args.a', op: 'neq', value: 1 }, {}, 'deny', 'deny'],
    ['missing, not_in', { path: 'args.a', op: 'not_in', value: [1] }, {}, 'deny', 'deny'],
    ['missing, not_contains', { path: 'args.a', op: 'not_contains', value: 'x' }, {}, 'deny', 'deny'],
    ['missing, not_regex', { path: 'args.a', op: 'not_regex', value: 'x' }, {}, 'deny', 'deny'],
    ['missing, url_host_not_in', { path: 'args.a', op: 'url_host_not_in', value: ['x'] }, {}, 'deny', 'deny'],
    ['missing under not', { not: { path: 'args.a', op: 'eq', value: 1 } }, {}, 'deny', 'deny'],
    ['missing, negative under not', { not: { path: 'args.a', op: 'neq', value: 1 } }, {}, 'deny', 'allow'],
    ['missing under two nots', { not: { not: { path: 'args.a', op: 'eq', value: 1 } } }, {}, 'deny', 'allow'],
    [
      'a string where a number is compared',
      { path: 'args.a', op: 'lte', value: 10 },
      { a: '5' },
      'deny',
      'deny',
    ],
    ['the same under not', { not: { path: 'args.a', op: 'lte', value: 10 } }, { a: '5' }, 'deny', 'deny'],
    ['a number beyond 2^53', { path: 'args.a', op: 'lte', value: 10 }, { a: 2 ** 60 }, 'deny', 'deny'],
    [
      'a number that a double cannot hold',
      { path: 'args.a', op: 'lte', value: 10 },
      { a: new ExactNumber('9007199254740993') },
      'deny',
      'deny',
    ],
    [
      'equality with such a number',
      { path: 'args.a', op: 'eq', value: 1 },
      { a: new ExactNumber('1e400') },
      'deny',
      'deny',
    ],
    [
      'text that is no URL',
      { path: 'args.a', op: 'url_host_in', value: ['x.com'] },
      { a: 'not a url' },
      'deny',
      'deny',
    ],
    [
      'text that is no address',
      { path: 'args.a', op: 'ip_in', value: ['10.0.0.0/8'] },
      { a: 'ten' },
      'deny',
      'deny',
    ],
    [
      'a number where text is searched',
      { path: 'args.a', op: 'regex', value: 'x' },
      { a: 1 },
      'deny',
      'deny',
    ],
    ['a string on the way', { path: 'args.a.b', op: 'eq', value: 1 }, { a: 'x' }, 'deny', 'deny'],
    ['[*] over a string', { path: 'args.a[*]', op: 'eq', value: 1 }, { a: 'x' }, 'deny', 'deny'],
    ['[*] over nothing', { path: 'args.a[*]', op: 'eq', value: 1 }, {}, 'deny', 'allow'],
    ['[*] over an empty array', { path: 'args.a[*]', op: 'eq', value: 1 }, { a: [] }, 'allow', 'allow'],
    [
      '[*] with one that cannot be judged',
      { path: 'args.a[*]', op: 'lt', value: 9 },
      { a: [1, 'x'] },
      'deny',
      'deny',
    ],
    ['null', { path: 'args.a', op: 'lt', value: 9 }, { a: null }, 'deny', 'deny'],
  ])('%s: require → %s', (_, condition, args, required, denied) => {
    expect(outcome('require', condition, args as unknown as JsonObject)).toBe(required);
    expect(outcome('deny_if', condition, args as unknown as JsonObject)).toBe(denied);
  });
});

describe('[*]', () => {
  const condition = { path: 'args.items[*].price', op: 'lte', value: 10 };
  it.each([
    [[1, 2], 'allow', 'deny'],
    [[1, 20], 'deny', 'deny'],
    [[20, 30], 'deny', 'allow'],
  ])('%j: a requirement needs every element, a denial one', (prices, required, denied) => {
    const args = { items: prices.map((price) => ({ price })) };
    expect(outcome('require', condition, args)).toBe(required);
    expect(outcome('deny_if', condition, args)).toBe(denied);
  });

  it('turns round under not', () => {
    const none = { not: { path: 'args.tags[*]', op: 'eq', value: 'secret' } };
    expect(outcome('require', none, { tags: ['a', 'b'] })).toBe('allow');
    expect(outcome('require', none, { tags: ['a', 'secret'] })).toBe('deny');
  });
});

describe('own properties', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'args.%s is missing unless the call has it',
    (name) => {
      expect(outcome('require', { path: `args["${name}"]`, op: 'exists', value: true }, {})).toBe('deny');
    },
  );

  it('__proto__ is an ordinary name', () => {
    const args = JSON.parse('{"__proto__":{"mode":"danger"}}') as JsonObject;
    expect(outcome('deny_if', { path: 'args.__proto__.mode', op: 'eq', value: 'danger' }, args)).toBe('deny');
  });
});
