import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../tests/kit/ports.ts';
import { noRedisServer, startRedis, type OwnRedis } from '../../../tests/kit/redis.ts';
import { held, OWNER, refused, slotsOf, windowOf } from '../samples.ts';
import type { SharedCounters } from '../types.ts';
import { Common, openNode } from './samples.ts';

const LONG = { window: 'day' as const, max: 10 };
const SECRET = 'kept-to-itself';

describe.skipIf(noRedisServer)(
  'nodes that share a Redis',
  () => {
    let redis: OwnRedis;
    let nodes: SharedCounters[] = [];
    const open = async (common: Common, name: string, url = redis.url): Promise<SharedCounters> => {
      const node = await openNode(common, url, name);
      nodes.push(node);
      return node;
    };

    beforeAll(async () => {
      redis = await startRedis();
    });
    afterEach(async () => {
      await Promise.all(nodes.map((node) => node.close()));
      nodes = [];
    });
    afterAll(() => redis.close());

    it('let exactly the maximum through between them', async () => {
      const common = new Common();
      const three = await Promise.all(['a', 'b', 'c'].map((name) => open(common, name)));
      const limits = [windowOf(LONG), windowOf({ ...LONG, counter: 'slow', algorithm: 'sliding', max: 20 })];
      const answers = await Promise.all(
        three.flatMap((node) => Array.from({ length: 20 }, () => node.reserve(OWNER, limits))),
      );
      expect(answers.filter((answer) => 'commit' in answer)).toHaveLength(10);
      const refusal = await three[1]!.reserve(OWNER, limits);
      expect(refused(refusal)).toMatchObject({
        used: 10,
        resetsAt: Math.ceil(Date.now() / 86_400_000) * 86_400_000,
      });
    });

    it('keep names under one tag, which expire, and no value of an argument', async () => {
      const common = new Common();
      const node = await open(common, 'a');
      const limits = [windowOf({ ...LONG, by: '"customer-4711"' }), slotsOf({ by: '"customer-4711"' })];
      const hold = held(await node.reserve(OWNER, limits));
      held(await node.reserve(OWNER, limits)).release();
      hold.commit();
      const names = (await redis.command('KEYS', `*${common.installation}*`)) as string[];
      expect(names.length).toBeGreaterThan(3);
      for (const name of names) {
        expect(name).toMatch(new RegExp(`^\\{portcullis:${common.installation}\\}:`));
        expect(name).not.toContain('4711');
        expect(Number(await redis.command('PTTL', name))).toBeGreaterThan(0);
      }
    });

    it('know nothing of another installation', async () => {
      const [one, other] = await Promise.all([open(new Common(), 'a'), open(new Common(), 'a')]);
      held(await one.reserve(OWNER, [windowOf({ max: 1 })]));
      held(await other.reserve(OWNER, [windowOf({ max: 1 })]));
    });

    it('free slots at once when a call ends, and those of a dead node within its lease', async () => {
      const common = new Common();
      common.now = Date.now();
      const [living, dying] = await Promise.all([open(common, 'a'), open(common, 'b')]);
      const one = [slotsOf({ max: 1 })];
      held(await living.reserve(OWNER, one)).commit();
      await expect
        .poll(async () => 'commit' in (await living.reserve({ ...OWNER, grant: 'x' }, one)))
        .toBe(true);
      await expect.poll(() => living.peek(OWNER, one)).toBeUndefined();
      held(await dying.reserve(OWNER, one));
      await dying.close();
      for (let second = 0; second < 9; second++) {
        common.now += 1000;
        expect(refused(await living.reserve(OWNER, one)).used).toBe(1);
        held(await living.reserve(OWNER, [windowOf({ counter: 'beat', max: 100 })]));
      }
      common.now += 1001;
      held(await living.reserve(OWNER, one));
    });

    it('hold slots over a clock that jumps', async () => {
      const common = new Common();
      common.now = Date.now();
      const node = await open(common, 'a');
      held(await node.reserve(OWNER, [slotsOf({ max: 1 })]));
      common.now += 3_600_000;
      refused(await node.reserve(OWNER, [slotsOf({ max: 1 })]));
      common.now -= 3_600_000;
      refused(await node.reserve(OWNER, [slotsOf({ max: 1 })]));
    });

    it('load the script again where the server forgot it', async () => {
      const node = await open(new Common(), 'a');
      await redis.command('SCRIPT', 'FLUSH');
      held(await node.reserve(OWNER, [windowOf()]));
    });

    it('give back what was taken by an answer that came too late', async () => {
      const node = await open(new Common(), 'a');
      const limit = [windowOf({ ...LONG, max: 1 }), slotsOf({ max: 1 })];
      await redis.command('CLIENT', 'PAUSE', '1600');
      await expect(node.reserve(OWNER, limit)).rejects.toMatchObject({ code: 'PC_COUNTERS_UNAVAILABLE' });
      expect(node.trouble).toBe('Redis did not answer within 1000 ms');
      await expect.poll(() => node.trouble, { timeout: 5000 }).toBeUndefined();
      await expect.poll(() => node.peek(OWNER, limit), { timeout: 5000 }).toBeUndefined();
    });

    it('refuse at once while the server hangs, and go on when it answers', async () => {
      const node = await open(new Common(), 'a');
      const limit = [windowOf({ ...LONG, max: 1 }), slotsOf({ max: 1 })];
      process.kill(redis.pid(), 'SIGSTOP');
      try {
        await expect(node.reserve(OWNER, limit)).rejects.toMatchObject({ code: 'PC_COUNTERS_UNAVAILABLE' });
        const began = performance.now();
        for (let n = 0; n < 50; n++)
          await expect(node.reserve(OWNER, limit)).rejects.toMatchObject({ code: 'PC_COUNTERS_UNAVAILABLE' });
        expect(performance.now() - began).toBeLessThan(500);
      } finally {
        process.kill(redis.pid(), 'SIGCONT');
      }
      await expect.poll(() => node.trouble, { timeout: 5000 }).toBeUndefined();
      await expect.poll(() => node.peek(OWNER, limit), { timeout: 5000 }).toBeUndefined();
    });

    it('keep to the slots of a cluster', async () => {
      const cluster = await startRedis(
        '--cluster-enabled',
        'yes',
        '--cluster-port',
        String(await freePort()),
      );
      try {
        await cluster.command('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
        await expect
          .poll(() => cluster.command('CLUSTER', 'INFO'), { timeout: 10_000 })
          .toContain('cluster_state:ok');
        const node = await open(new Common(), 'a', cluster.url);
        expect(node.trouble).toBeUndefined();
        const limits = [windowOf(LONG), windowOf({ ...LONG, counter: 'b', algorithm: 'sliding' }), slotsOf()];
        const hold = held(await node.reserve(OWNER, limits));
        expect((await node.peek(OWNER, [windowOf({ ...LONG, amount: 99 })]))?.used).toBe(1);
        hold.release();
        await expect
          .poll(async () => (await node.peek(OWNER, [windowOf({ ...LONG, amount: 99 })]))?.used)
          .toBe(0);
      } finally {
        await cluster.close();
      }
    });

    it('give back once, however often the answer to it is lost', async () => {
      const node = await open(new Common(), 'a');
      const limit = [windowOf(LONG)];
      const holds = [];
      for (let i = 0; i < 10; i++) holds.push(held(await node.reserve(OWNER, limit)));
      await redis.command('CLIENT', 'PAUSE', '2600');
      for (const hold of holds.slice(0, 3)) expect(hold.release()).toHaveLength(1);
      await expect.poll(() => node.trouble, { timeout: 5000 }).toBeDefined();
      await expect.poll(() => node.trouble, { timeout: 5000 }).toBeUndefined();
      await expect
        .poll(async () => (await node.peek(OWNER, [windowOf({ ...LONG, amount: 99 })]))?.used)
        .toBe(7);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect((await node.peek(OWNER, [windowOf({ ...LONG, amount: 99 })]))?.used).toBe(7);
    });

    it.each([
      ['out of memory', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
      ['read-only', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
    ])('refuse while the server is %s, and go on after it', async (words, spoil, mend) => {
      const node = await open(new Common(), 'a');
      await redis.command(...spoil);
      try {
        await expect(node.reserve(OWNER, [windowOf()])).rejects.toMatchObject({
          code: 'PC_COUNTERS_UNAVAILABLE',
        });
        expect(node.trouble).toContain(words);
      } finally {
        await redis.command(...mend);
      }
      await expect.poll(() => node.trouble, { timeout: 10_000 }).toBeUndefined();
      held(await node.reserve(OWNER, [windowOf()]));
    });

    it('say nothing of a password that is wrong, and go on when it is right', async () => {
      await redis.command('CONFIG', 'SET', 'requirepass', 'right');
      const url = redis.url.replace('//', `//:${SECRET}@`);
      const node = openNode(new Common(), url, 'a');
      const known = await node;
      nodes.push(known);
      expect(known.trouble).toBe('Redis refuses the user name or password');
      await expect(known.reserve(OWNER, [windowOf()])).rejects.toMatchObject({
        code: 'PC_COUNTERS_UNAVAILABLE',
      });
      await redis.authed('right', 'CONFIG', 'SET', 'requirepass', SECRET);
      await expect.poll(() => known.trouble, { timeout: 10_000 }).toBeUndefined();
      held(await known.reserve(OWNER, [windowOf()]));
      await redis.authed(SECRET, 'CONFIG', 'SET', 'requirepass', '');
    });

    it('refuse a server that may throw counters away', async () => {
      await redis.command('CONFIG', 'SET', 'maxmemory', '1gb');
      await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'volatile-lru');
      const node = await openNode(new Common(), redis.url, 'a');
      nodes.push(node);
      expect(node.trouble).toContain('noeviction');
      await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
      await expect.poll(() => node.trouble, { timeout: 10_000 }).toBeUndefined();
      await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    });
  },
  60_000,
);
