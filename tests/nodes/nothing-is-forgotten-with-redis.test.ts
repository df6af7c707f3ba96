/** Promise: a Redis that is gone, or has forgotten, lets nothing through that was not counted; and everything recovers by itself. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort, PROGRAM, rawRequest, runNode, wrapCommand } from '../kit/index.ts';
import { noPostgres } from '../kit/postgres.ts';
import { noRedisServer } from '../kit/redis.ts';
import { limited, startThree, YEAR, type Three } from './three.ts';

const MAX = 60;

interface Readiness {
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail?: string }[];
}

describe.skipIf(noPostgres || noRedisServer)('three gateways whose Redis fails', () => {
  let three: Three;
  beforeAll(async () => {
    three = await startThree();
  }, 120_000);
  beforeEach(() => three.recorder.clear());
  afterAll(() => three?.close(), 60_000);

  const ready = async (node: number): Promise<number> =>
    (await rawRequest(`${three.nodes[node]?.url}/readyz`)).status;
  const allReady = async (): Promise<void> => {
    for (const node of [0, 1, 2]) await expect.poll(() => ready(node), { timeout: 20_000 }).toBe(200);
  };

  it('keep to the maximum when it is emptied in the middle of calls, again and again', async () => {
    const token = await three.grantFor(limited({ counter: 'n', window: YEAR, max: MAX }));
    for (const after of [5, 20, 35]) {
      let answers = 0;
      await three.calls(90, 12, token, () => {
        if (++answers === after) void three.redis.command('FLUSHALL');
      });
      await allReady();
    }
    await three.calls(200, 12, token);
    expect(await three.call(0, token)).toBe('denied');
    expect(await three.arrived()).toBeLessThanOrEqual(MAX);
    expect(await three.arrived()).toBeGreaterThan(MAX / 2);
  }, 120_000);

  it('refuse what has limits while it is stopped, let the rest go on, and count on when it is back', async () => {
    const [counted, open, half, free] = await Promise.all([
      three.grantFor(limited({ counter: 'n', window: YEAR, max: 10 })),
      three.grantFor(
        limited({ counter: 'n', window: YEAR, max: 10, fail: 'open' }, { concurrent: 5, fail: 'open' }),
      ),
      three.grantFor(limited({ counter: 'n', window: YEAR, max: 10, fail: 'open' }, { concurrent: 5 })),
      three.grantFor(limited()),
    ]);
    for (let n = 0; n < 4; n++) expect(await three.call(n, counted)).toBe('allowed');
    await three.redis.stop();
    for (const node of [0, 1, 2]) {
      expect(await three.call(node, counted)).toBe('uncounted');
      expect(await three.call(node, half)).toBe('uncounted');
      expect(await three.call(node, open)).toBe('allowed');
      expect(await three.call(node, free)).toBe('allowed');
    }
    expect(await three.arrived()).toBe(4 + 6);
    const answer = await rawRequest(`${three.nodes[0]?.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(answer.json<Readiness>().checks.find(({ name }) => name === 'counters')).toMatchObject({
      ok: false,
    });
    expect(answer.json<Readiness>().checks.filter(({ ok }) => !ok)).toHaveLength(1);
    await three.redis.start();
    await allReady();
    await three.recorder.clear();
    const outcomes = await three.calls(30, 6, counted);
    expect(outcomes).toEqual({ allowed: 6, denied: 24, uncounted: 0, lost: 0 });
    expect(await three.arrived()).toBe(6);
  }, 120_000);

  it('start without it, say so without its password, and are ready once it is there', async () => {
    await three.redis.stop();
    const home = await mkdtemp(join(tmpdir(), 'portcullis-alone-'));
    const port = await freePort();
    const env = {
      PORTCULLIS_HOME: home,
      PORTCULLIS_PORT: String(port),
      PORTCULLIS_LOG_LEVEL: 'info',
      PORTCULLIS_REDIS_URL: three.redis.url.replace('//', '//user:s3cret-word@'),
    };
    const gateway = runNode(PROGRAM, ['start'], { env });
    const readyz = (): ReturnType<typeof rawRequest> => rawRequest(`http://127.0.0.1:${port}/readyz`);
    await gateway.line(/limits cannot be counted/);
    await gateway.line(/listening on http/);
    const refused = await readyz();
    expect(refused.status).toBe(503);
    expect(refused.text).toContain('Redis cannot be reached (ECONNREFUSED)');
    await three.redis.start('--user', 'user', 'on', '>other-word', '~*', '+@all');
    await expect
      .poll(async () => (await readyz()).text, { timeout: 10_000 })
      .toContain('user name or password');
    await three.redis.command('ACL', 'SETUSER', 'user', '>s3cret-word');
    await expect.poll(async () => (await readyz()).status, { timeout: 10_000 }).toBe(200);
    expect(refused.text + gateway.output()).not.toContain('s3cret-word');
    await gateway.stop();
    await rm(home, { recursive: true, force: true });
    await allReady();
  }, 120_000);

  it('refuse in front of a wrapped server too', async () => {
    const home = await mkdtemp(join(tmpdir(), 'portcullis-wrap-'));
    const policy = join(home, 'policy.json');
    await writeFile(policy, JSON.stringify(limited({ counter: 'n', window: YEAR, max: 1 })));
    const peer = wrapCommand(['--policy', policy, '--upstream', three.recorder.url], {
      env: { PORTCULLIS_HOME: home, PORTCULLIS_REDIS_URL: three.redis.url },
    });
    await peer.initialize();
    const call = async (id: number): Promise<string> => {
      const params = { name: 'write_note', arguments: {} };
      peer.writeLine(JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params }));
      return JSON.stringify(await peer.waitFor((answer) => answer.id === id));
    };
    expect(await call(11)).not.toContain('isError":true');
    expect(await call(12)).toContain('[POLICY DENIED]');
    await three.redis.stop();
    expect(await call(13)).toContain('PC_COUNTERS_UNAVAILABLE');
    expect(await three.arrived()).toBe(1);
    await peer.leave();
    await three.redis.start();
    await allReady();
    await rm(home, { recursive: true, force: true });
  }, 60_000);
});
