import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noRedisServer, startRedis, type OwnRedis } from '../../../tests/kit/redis.ts';
import { held, OWNER, refused, slotsOf, windowOf } from '../samples.ts';
import type { Hold, SharedCounters } from '../types.ts';
import { createKeys } from './keys.ts';
import { Common, openNode, type NodeOptions } from './samples.ts';

const TEN = [windowOf({ window: 'day', max: 10 })];
const ALL = [windowOf({ window: 'day', max: 10, amount: 99 })];

describe.skipIf(noRedisServer)(
  'counters that Redis has lost',
  () => {
    let redis: OwnRedis;
    let common: Common;
    let nodes: SharedCounters[] = [];
    const open = async (name: string, options: NodeOptions = {}): Promise<SharedCounters> => {
      const node = await openNode(common, redis.url, name, options);
      nodes.push(node);
      return node;
    };
    const used = async (node: SharedCounters): Promise<number | undefined> =>
      (await node.peek(OWNER, ALL))?.used;
    /** What a call does: takes, and writes it to the log, which reaches the database. */
    const call = async (node: SharedCounters): Promise<Hold> => {
      const hold = held(await node.reserve(OWNER, TEN));
      common.write(hold.taken);
      hold.logged?.();
      return hold;
    };
    const notices = async (node: SharedCounters): Promise<void> => {
      await expect(node.reserve(OWNER, TEN)).rejects.toMatchObject({ code: 'PC_COUNTERS_UNAVAILABLE' });
    };
    const recovers = (node: SharedCounters): Promise<void> =>
      expect.poll(() => node.trouble, { timeout: 15_000 }).toBeUndefined();

    beforeEach(async () => {
      redis = await startRedis();
      common = new Common();
    });
    afterEach(async () => {
      await Promise.all(nodes.map((node) => node.close()));
      nodes = [];
      await redis.close();
    });

    it('begin with the sums of the log where nodes counted for themselves before', async () => {
      const start = Math.floor(Date.now() / 86_400_000) * 86_400_000;
      const first = await open('a');
      const key = held(await first.reserve(OWNER, TEN)).taken[0]?.key as string;
      await redis.command('FLUSHALL');
      common.rows.set('x', { key, bucket: start, amount: 8, expires: start + 86_400_000 });
      const second = await open('b', { startedAt: 7 });
      await recovers(first);
      await recovers(second);
      // One of the first node's, which was not written down.
      expect(await used(second)).toBe(9);
    });

    it.each([
      ['all keys', (): Promise<unknown> => redis.command('FLUSHALL')],
      [
        'the marker alone',
        (): Promise<unknown> => redis.command('DEL', createKeys(common.installation).marker),
      ],
    ])('come back from the log, when it lost %s: by one node, once', async (_, lose) => {
      const [one, other] = await Promise.all([open('a'), open('b')]);
      for (let i = 0; i < 3; i++) await call(one);
      const open4 = await call(other);
      const before = common.loads;
      await lose();
      await notices(one);
      expect(one.trouble).toBe('the counts are being rebuilt from the log');
      await recovers(one);
      await recovers(other);
      expect(common.loads).toBe(before + 1);
      expect(await used(one)).toBe(4);
      open4.release();
      await expect.poll(() => used(one)).toBe(3);
    });

    it('have what living nodes took and had not written down, and what their calls hold', async () => {
      const [one, other] = await Promise.all([open('a'), open('b')]);
      await call(one);
      held(await other.reserve(OWNER, [...TEN, slotsOf({ max: 1 })]));
      await redis.command('FLUSHALL');
      await notices(one);
      await recovers(one);
      expect(await used(one)).toBe(2);
      expect(refused(await one.reserve(OWNER, [slotsOf({ max: 1 })])).used).toBe(1);
    });

    it('wait until the log of every living node is in the database', async () => {
      let write = (): void => {};
      let isSlow = false;
      const settled = (): Promise<void> =>
        isSlow ? new Promise<void>((resolve) => (write = resolve)) : Promise.resolve();
      const one = await open('a');
      const other = await open('b', { settled });
      const hold = held(await other.reserve(OWNER, TEN));
      hold.logged?.();
      isSlow = true;
      await redis.command('FLUSHALL');
      await notices(one);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(one.trouble).toBe('the counts are being rebuilt from the log');
      await notices(one);
      common.write(hold.taken);
      isSlow = false;
      write();
      await recovers(one);
      expect(await used(one)).toBe(1);
    });

    it('keep what is given back while they are rebuilt: the log may have it already', async () => {
      const one = await open('a');
      const [kept, back] = [await call(one), await call(one)];
      await redis.command('FLUSHALL');
      await notices(one);
      common.write(back.release(), -1);
      await recovers(one);
      expect(await used(one)).toBe(1);
      kept.release();
      await expect.poll(() => used(one)).toBe(0);
    });

    it('are not believed after a restart, whatever the server still remembers', async () => {
      const one = await open('a');
      await call(one);
      await redis.command('SAVE');
      for (let i = 0; i < 4; i++) await call(one);
      await redis.stop('SIGKILL');
      await expect(one.reserve(OWNER, TEN)).rejects.toMatchObject({ code: 'PC_COUNTERS_UNAVAILABLE' });
      await redis.start();
      await recovers(one);
      expect(await used(one)).toBe(5);
    });

    it('are built anew by another node when the one that began is gone', async () => {
      const keys = createKeys(common.installation);
      const one = await open('a');
      await call(one);
      const run = /run_id:(\w+)/.exec(String(await redis.command('INFO', 'server')))?.[1] as string;
      const marks = ['epoch', 'half-built', 'run', run, 'state', 'building', 't', String(Date.now())];
      await redis.command('HSET', keys.marker, ...marks);
      await notices(one);
      await recovers(one);
      expect(await used(one)).toBe(1);
    });

    it('do without a node that died, but not before it had time to come', async () => {
      common.present.add('counters dead');
      const began = performance.now();
      const one = await open('a');
      await recovers(one);
      expect(performance.now() - began).toBeGreaterThan(9_500);
      expect([...common.present]).toEqual(['counters a']);
    });

    it('have everything again once a node comes back that was left out', async () => {
      const one = await open('a');
      await call(one);
      // It kept its journal to itself when it went, and brings it now.
      const start = Math.floor(Date.now() / 86_400_000) * 86_400_000;
      const key = [...common.rows.values()][0]?.key as string;
      common.rows.set('late', { key, bucket: start, amount: 5, expires: start + 86_400_000 });
      const back = await open('b', { startedAt: 3 });
      await recovers(back);
      await recovers(one);
      expect(await used(one)).toBe(6);
    });

    it('follow a clock of the server that was wrong by days', async () => {
      common.now = Date.now() + 3 * 86_400_000;
      const one = await open('a');
      await call(one);
      common.now -= 3 * 86_400_000;
      await notices(one);
      await recovers(one);
      expect(await used(one)).toBe(1);
      common.now += 86_400_000;
      await expect.poll(() => used(one)).toBe(0);
    });
  },
  60_000,
);
