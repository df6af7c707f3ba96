import { cp } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { argumentsText, createArgumentDigest } from './argument-digests.ts';
import { openDecisionLog } from './decision-log.ts';
import { callKey, type LostCall } from './lost-call.ts';
import { entryOf, MemoryEntries, optionsFor, scratchDirectory } from './samples.ts';
import type { JsonObject } from '../json.ts';

const digest = createArgumentDigest(Buffer.alloc(32, 1));
const said = (args: JsonObject): string => argumentsText(args, digest);
const keyOf = (args: JsonObject): string => callKey('srv', 'grt', 'send', said(args));

it('knows identical calls by value, and by whose they are', () => {
  const args = { a: [1, { b: 2, c: null }], d: 'x' };
  expect(keyOf({ d: 'x', a: [1, { c: null, b: 2 }] })).toBe(keyOf(args));
  for (const other of [{ ...args, d: 'y' }, { ...args, e: 1 }, { a: args.a }, {}])
    expect(keyOf(other)).not.toBe(keyOf(args));
  for (const [server, grant, tool] of [
    ['x', 'grt', 'send'],
    ['srv', 'x', 'send'],
    ['srv', 'grt', 'x'],
  ] as const)
    expect(callKey(server, grant, tool, said(args))).not.toBe(keyOf(args));
});

it('takes calls with more arguments than there are digests of for identical by their names, in any order', () => {
  const names = Array.from({ length: 33 }, (_, n) => `n${n}`);
  const many = (order: readonly string[], value: number): JsonObject =>
    Object.fromEntries(order.map((name) => [name, value]));
  expect(keyOf(many(names.toReversed(), 2))).toBe(keyOf(many(names, 1)));
  expect(keyOf(many(names.slice(1), 1))).not.toBe(keyOf(many(names, 1)));
});

it('tells of intents without an end and of unknown outcomes that the database has not got, before it gets them', async () => {
  const [live, directory, store] = [await scratchDirectory(), await scratchDirectory(), new MemoryEntries()];
  const first = await openDecisionLog(optionsFor(live, store));
  const add = async (kind: 'intent' | 'decision', id: string, outcome = 'allow', more: object = {}) => {
    const { index, body } = entryOf(kind, id, { outcome });
    const described = JSON.parse(`{${said({ call: id })}}`) as object;
    await first.append(index, { ...body, ...described, ...more });
  };
  await add('intent', 'in the database');
  await first.settled();
  store.failing = true;
  for (const id of ['open', 'lost', 'refused', 'answered']) await add('intent', id);
  await add('decision', 'lost', 'unknown');
  await add('decision', 'refused', 'unknown', { upstream: { status: 401 } });
  await add('decision', 'answered');
  await cp(live, directory, { recursive: true });
  await first.close();
  store.failing = false;

  const told: LostCall[] = [];
  let refuses = true;
  const tellLost = async (calls: readonly LostCall[]): Promise<void> => {
    if (refuses) throw new Error('the database is away');
    told.push(...calls);
  };
  await expect(openDecisionLog(optionsFor(directory, store, { tellLost }))).rejects.toThrow('away');
  refuses = false;
  await (await openDecisionLog(optionsFor(directory, store, { tellLost }))).close();
  expect(told.map(({ id }) => id).toSorted()).toEqual(['in the database', 'lost', 'open']);
  for (const { id, key } of told) expect(key).toBe(keyOf({ call: id }));
});
