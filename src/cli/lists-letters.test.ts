import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBench, type Bench } from './testing/run.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.close());

it('prints letters newest first, and nothing in them steers the terminal', async () => {
  expect((await bench.run('catalog', 'messages')).out).toBe('(none)');
  const { store } = await bench.open();
  const limits = { since: 0, fromSender: 9, fromAll: 9 };
  const letter = {
    name: 'Ada\u001b[2J',
    email: 'ada@example.com',
    message: 'one\ntwo',
    page: '/catalog',
    sender: 's',
  };
  await store.contactMessages.accept({ ...letter, id: 'a', at: 0 }, limits);
  await store.contactMessages.accept({ ...letter, id: 'b', at: 1000, message: 'newer' }, limits);
  await store.close();
  expect((await bench.run('catalog', 'messages')).out.split('\n')).toEqual([
    '1970-01-01T00:00:01.000Z  Ada?[2J <ada@example.com>  from /catalog',
    '  newer',
    '1970-01-01T00:00:00.000Z  Ada?[2J <ada@example.com>  from /catalog',
    '  one',
    '  two',
  ]);
  const json = JSON.parse((await bench.run('catalog', 'messages', '-n', '1', '--json')).out) as object[];
  expect(json).toMatchObject([{ id: 'b', message: 'newer' }]);
});
