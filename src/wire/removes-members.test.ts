import { expect, it } from 'vitest';
import { removeMembers } from './remove-members.ts';

const removed = (text: string): string =>
  removeMembers(Buffer.from(text), ['params'], ['requestState', 'inputResponses']).toString();

it('takes members out and leaves every other byte of a value alone', () => {
  expect(
    removed(
      '{"id":1, "params":{"requestState":"s","n":1.00e2, "o":{ "requestState":1 },"inputResponses":{"a":[1]}}}',
    ),
  ).toBe('{"id":1, "params":{"n":1.00e2,"o":{ "requestState":1 }}}');
  expect(removed('{"params":{"a":"ü\\u00fc"}}')).toBe('{"params":{"a":"ü\\u00fc"}}');
  expect(removed('{"params":{"requestState":"s"}}')).toBe('{"params":{}}');
});

it('refuses what has no such object', () => {
  expect(() => removed('{"params":[1]}')).toThrow(RangeError);
});
