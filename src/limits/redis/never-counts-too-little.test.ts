import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRedisServer, startRedis, type OwnRedis } from '../../../tests/kit/redis.ts';
import { OWNER, slotsOf, windowOf } from '../samples.ts';
import type { Hold, SharedCounters, Taken } from '../types.ts';
import { Common, openNode } from './samples.ts';

const MAX = 200;
const SLOTS = 12;
const LIMITS = [
  windowOf({ window: 'day', max: MAX }),
  windowOf({ counter: 'slow', window: 'day', algorithm: 'sliding', max: MAX }),
  slotsOf({ max: SLOTS }),
];
const LASTS_MS = 12_000;

/** A journal that reaches the database by and by. */
class Journal {
  readonly #common: Common;
  #entries: { readonly taken: readonly Taken[]; readonly sign: number }[] = [];
  #moving = Promise.resolve();

  constructor(common: Common) {
    this.#common = common;
  }

  write(taken: readonly Taken[], sign: number): void {
    this.#entries.push({ taken, sign });
    this.#moving = this.#moving.then(() => this.#move());
  }

  settled = (): Promise<void> => this.#moving;

  async #move(): Promise<void> {
    await pause(Math.random() * 8);
    const entry = this.#entries.shift();
    if (entry !== undefined) this.#common.write(entry.taken, entry.sign);
  }
}

describe.skipIf(noRedisServer)('counters in Redis', () => {
  let redis: OwnRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  it('never let more through than may be, whatever happens to Redis and the connections to it', async () => {
    const common = new Common();
    const journals = ['a', 'b', 'c'].map(() => new Journal(common));
    const nodes = await Promise.all(
      ['a', 'b', 'c'].map((name, place) =>
        openNode(common, redis.url, name, { settled: journals[place]!.settled }),
      ),
    );
    let kept = 0;
    let open = 0;
    let refused = 0;
    let most = 0;
    const until = performance.now() + LASTS_MS;
    const call = async (node: SharedCounters, journal: Journal): Promise<void> => {
      const hold = await node.reserve(OWNER, LIMITS).catch(() => undefined);
      if (hold === undefined || !('commit' in hold)) return void (await pause(5 + (refused++ % 7)));
      kept++;
      open++;
      most = Math.max(most, open);
      expect(kept).toBeLessThanOrEqual(MAX);
      expect(open).toBeLessThanOrEqual(SLOTS);
      // As a batch does, which waits for its other calls before it writes.
      if (Math.random() < 0.3) await pause(Math.random() * 40);
      await end(hold, journal);
    };
    const end = async (hold: Hold, journal: Journal): Promise<void> => {
      hold.logged?.();
      journal.write(hold.taken, 1);
      await pause(Math.random() * 60);
      open--;
      if (Math.random() < 0.05) return hold.commit();
      kept--;
      journal.write(hold.release(), -1);
    };
    const callers = nodes.flatMap((node, place) =>
      Array.from({ length: 6 }, async () => {
        while (performance.now() < until) await call(node, journals[place]!);
      }),
    );
    const harm = async (): Promise<void> => {
      const kinds = [
        ['FLUSHALL'],
        ['CLIENT', 'KILL', 'TYPE', 'normal'],
        ['SCRIPT', 'FLUSH'],
        ['CLIENT', 'PAUSE', '1300'],
      ];
      for (let n = 0; performance.now() < until - 2500; n++) {
        await pause(300 + Math.random() * 900);
        await redis.command(...kinds[n % kinds.length]!);
      }
    };
    await Promise.all([...callers, harm()]);
    expect(most).toBeGreaterThan(SLOTS / 2);
    expect(common.loads).toBeGreaterThan(2);
    for (const node of nodes) await expect.poll(() => node.trouble, { timeout: 15_000 }).toBeUndefined();
    const used = (await nodes[0]!.peek(OWNER, [windowOf({ window: 'day', max: MAX, amount: MAX * 2 })]))
      ?.used;
    expect(used).toBeGreaterThanOrEqual(kept);
    await Promise.all(nodes.map((node) => node.close()));
  }, 60_000);
});
