import { expect, it } from 'vitest';
import { ExactNumber } from '../json.ts';
import { argumentDigest, fingerprint } from './fingerprint.ts';
import type { AskedCall } from './types.ts';

const key = Buffer.alloc(32, 1);
const call: AskedCall = {
  organization: 'o',
  server: { id: 's', name: 'S' },
  grant: { id: 'g', label: 'G', tags: [] },
  tool: { name: 't', class: 'Write', definitionDigest: 'd' },
  arguments: { a: 1, b: [{ c: 2, d: 3 }] },
  params: { name: 't', arguments: { a: 1, b: [{ c: 2, d: 3 }] } },
  policy: { id: 'p', version: 1 },
  rule: '/tools/t/approve_if/0',
  message: 'why',
  expiresSeconds: 60,
};
const print = (one: AskedCall): string => fingerprint(one, argumentDigest(one, key));

it('is the same for the same call, whatever the order of its members', () => {
  const same = { arguments: { b: [{ d: 3, c: 2 }], a: 1 }, name: 't' };
  expect(print({ ...call, params: same })).toBe(print(call));
});

it.each([
  ['organization', { organization: 'x' }],
  ['server', { server: { id: 'x', name: 'S' } }],
  ['grant', { grant: { id: 'x', label: 'G', tags: [] } }],
  ['tool', { tool: { ...call.tool, name: 'x' } }],
  ['definition', { tool: { ...call.tool, definitionDigest: 'x' } }],
  ['policy', { policy: { id: 'x', version: 1 } }],
  ['policy version', { policy: { id: 'p', version: 2 } }],
  ['rule', { rule: '/tools/t/approve_if/1' }],
  ['an argument', { params: { name: 't', arguments: { a: 2, b: [{ c: 2, d: 3 }] } } }],
  ['the type of an argument', { params: { name: 't', arguments: { a: '1', b: [{ c: 2, d: 3 }] } } }],
  ['the order of a list', { params: { name: 't', arguments: { a: 1, b: [3, 2] } } }],
  ['another member of params', { params: { ...call.params, task: { ttl: 1 } } }],
  [
    'a number that doubles cannot hold',
    { params: { name: 't', arguments: { a: new ExactNumber('1e400') } } },
  ],
])('is another one when %s changes', (_, change) => {
  expect(print({ ...call, ...change })).not.toBe(print(call));
});

it('needs the key: values that are few cannot be tried from the digest', () => {
  expect(argumentDigest(call, Buffer.alloc(32, 2))).not.toBe(argumentDigest(call, key));
});
