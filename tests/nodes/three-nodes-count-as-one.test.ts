/** Promise: however many nodes there are, what reaches the server is what one node would have let through. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noPostgres } from '../kit/postgres.ts';
import { noRedisServer } from '../kit/redis.ts';
import { limited, startThree, YEAR, type Three } from './three.ts';

const MAX = 40;

describe.skipIf(noPostgres || noRedisServer)('three gateways on one PostgreSQL and one Redis', () => {
  let three: Three;
  beforeAll(async () => {
    three = await startThree('?mode=slow&delay=40');
  }, 120_000);
  beforeEach(() => three.recorder.clear());
  afterAll(() => three?.close(), 60_000);

  it.each(['fixed', 'sliding'])('let exactly the maximum of a %s window through', async (algorithm) => {
    const token = await three.grantFor(limited({ counter: 'n', window: YEAR, max: MAX, algorithm }));
    const outcomes = await three.calls(150, 30, token);
    expect(outcomes).toEqual({ allowed: MAX, denied: 150 - MAX, uncounted: 0, lost: 0 });
    expect(await three.arrived()).toBe(MAX);
  });

  it('have no more calls in flight than may be, and use every slot again', async () => {
    const token = await three.grantFor(limited({ concurrent: 4 }));
    const outcomes = await three.calls(120, 24, token);
    expect(outcomes.allowed).toBeGreaterThanOrEqual(4);
    expect(outcomes.denied).toBeGreaterThan(0);
    expect(await three.arrived()).toBe(outcomes.allowed);
    expect(await mostAtOnce()).toBeLessThanOrEqual(4);
    await three.recorder.clear();
    for (let n = 0; n < 8; n++) await expect.poll(() => three.call(n, token)).toBe('allowed');
  });

  it('keep to the maximum when one of them is killed in the middle, and when it is back', async () => {
    const token = await three.grantFor(limited({ counter: 'n', window: YEAR, max: MAX }, { concurrent: 30 }));
    let answers = 0;
    let killed: Promise<unknown> | undefined;
    const outcomes = await three.calls(60, 20, token, () => {
      if (++answers === 8) killed ??= three.nodes[2]?.kill9();
    });
    expect(outcomes.lost).toBeGreaterThan(0);
    await killed;
    await three.nodes[2]?.restart();
    await three.calls(120, 10, token);
    // A call that was taken and never sent with the killed node stays counted.
    expect(await three.arrived()).toBeLessThanOrEqual(MAX);
    expect(await three.arrived()).toBeGreaterThan(MAX - 21);
    expect(await three.call(2, token)).toBe('denied');
  }, 120_000);

  it("tell a dead node's slots from those of the living", async () => {
    const token = await three.grantFor(limited({ concurrent: 1 }), 'Slow');
    const slow = three.call(1, token, 'Slow');
    await expect.poll(() => three.arrived()).toBe(1);
    await three.nodes[1]?.kill9();
    await slow;
    expect(await three.call(0, token, 'Slow')).toBe('denied');
    await expect.poll(() => three.call(0, token, 'Slow'), { timeout: 20_000 }).toBe('allowed');
    await three.nodes[1]?.restart();
  }, 60_000);

  it('count on when Redis is turned off, and when it is turned on again', async () => {
    const token = await three.grantFor(limited({ counter: 'n', window: YEAR, max: 6 }));
    const node = three.nodes[0]!;
    for (let n = 0; n < 2; n++) expect(await three.call(0, token)).toBe('allowed');
    await node.restart({ PORTCULLIS_REDIS_URL: undefined });
    for (let n = 0; n < 2; n++) expect(await three.call(0, token)).toBe('allowed');
    await node.restart({ PORTCULLIS_REDIS_URL: three.redis.url });
    await expect.poll(() => three.call(1, token), { timeout: 15_000 }).toBe('allowed');
    expect(await three.call(2, token)).toBe('allowed');
    for (const at of [0, 1, 2]) expect(await three.call(at, token)).toBe('denied');
    expect(await three.arrived()).toBe(6);
  }, 60_000);

  /** By when calls came: each stays for 40 ms at least. */
  async function mostAtOnce(): Promise<number> {
    const times = (await three.recorder.log())
      .filter(({ body }) => body.includes('tools/call'))
      .map(({ at }) => at);
    return Math.max(...times.map((at) => times.filter((other) => other <= at && other > at - 38).length));
  }
});
