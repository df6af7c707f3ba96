import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRedisServer, startRedis, type OwnRedis } from '../../../tests/kit/redis.ts';
import { OWNER, slotsOf, windowOf } from '../samples.ts';
import type { Hold, SharedCounters, Taken } from '../types.ts';
import { Common, openNode } from './samples.ts';

const NAMES = ['a', 'b', 'c'];
const MAX = 1e6;
const SLOTS = 20;
const LIMITS = [
  windowOf({ window: 'day', max: MAX }),
  windowOf({ counter: 'slow', window: 'day', algorithm: 'sliding', max: MAX }),
  slotsOf({ max: SLOTS }),
];
const TOO_MUCH = [windowOf({ window: 'day', max: MAX, amount: 2 * MAX })];
const KILL = ['CLIENT', 'KILL', 'TYPE', 'normal'];
const LASTS_MS = 8000;
/** Seen at least, however slow the machine is: looks at what is counted, counts brought back, calls that keep their place. */
const LEAST = { looks: 50, loads: 3, counted: 10 };

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

describe.skipIf(noRedisServer)(
  'counters in Redis',
  () => {
    let redis: OwnRedis;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.close());

    it.each([
      ['is emptied', [['FLUSHALL'], ['SCRIPT', 'FLUSH']]],
      ['is emptied, hangs and drops connections', [['FLUSHALL'], KILL, ['CLIENT', 'PAUSE', '1300'], KILL]],
    ])('have everything that calls hold or have used, however often the server %s', async (_, harms) => {
      const common = new Common();
      const journals = NAMES.map(() => new Journal(common));
      const nodes = await Promise.all(
        NAMES.map((name, place) => openNode(common, redis.url, name, { settled: journals[place]!.settled })),
      );
      /** What must be counted: everything that was let through and not given back. */
      const counted = new Set<Hold>();
      let open = 0;
      let looks = 0;
      const until = performance.now() + LASTS_MS;
      const isOn = (): boolean =>
        performance.now() < until ||
        looks < LEAST.looks ||
        common.loads < LEAST.loads ||
        counted.size < LEAST.counted;
      const call = async (node: SharedCounters, journal: Journal): Promise<void> => {
        const hold = await node.reserve(OWNER, LIMITS).catch(() => undefined);
        if (hold === undefined || !('commit' in hold)) return void (await pause(2 + Math.random() * 8));
        counted.add(hold);
        expect(++open).toBeLessThanOrEqual(SLOTS);
        // As a batch does, which waits for its other calls before it writes.
        if (Math.random() < 0.4) await pause(Math.random() * 400);
        hold.logged?.();
        journal.write(hold.taken, 1);
        await pause(Math.random() * 60);
        open--;
        if (Math.random() < 0.05) return hold.commit();
        counted.delete(hold);
        journal.write(hold.release(), -1);
      };
      const look = async (node: SharedCounters): Promise<void> => {
        const before = [...counted];
        const refusal = await node.peek(OWNER, TOO_MUCH).catch(() => undefined);
        if (refusal === undefined) return void (await pause(5));
        looks++;
        expect(refusal.used).toBeGreaterThanOrEqual(before.filter((hold) => counted.has(hold)).length);
        await pause(1);
      };
      const harm = async (): Promise<void> => {
        for (let n = 0; isOn(); n++) {
          await pause(150 + Math.random() * 600);
          await redis.command(...harms[n % harms.length]!);
        }
      };
      const callers = nodes.flatMap((node, place) =>
        Array.from({ length: 8 }, async () => {
          while (isOn()) await call(node, journals[place]!);
        }),
      );
      const lookers = nodes.map(async (node) => {
        while (isOn()) await look(node);
      });
      await Promise.all([...callers, ...lookers, harm()]);
      await Promise.all(nodes.map((node) => node.close()));
    });
  },
  60_000,
);
