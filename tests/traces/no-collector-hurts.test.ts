/** Promise: a collector that is gone, hangs, refuses or floods costs spans, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freePort,
  guardServer,
  rawRequest,
  startFixture,
  startGateway,
  startOtlpReceiver,
  type Fixture,
  type GuardedServer,
  type OtlpReceiver,
  type TestGateway,
} from '../kit/index.ts';
import { modernCall, POLICY, tracing, VALUE } from './traced.ts';

const QUEUE = 40;
const BOUNDS = {
  OTEL_BSP_MAX_QUEUE_SIZE: String(QUEUE),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '10',
  OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
};
const CALLS = 60;

let upstream: Fixture;
beforeAll(async () => void (upstream = await startFixture('recorder')));
afterAll(() => upstream.stop());

async function counted(gateway: TestGateway): Promise<{ exported: number; dropped: number }> {
  const { text } = await rawRequest(`${gateway.url}/metrics`);
  const value = (name: string): number =>
    Number(new RegExp(`^portcullis_spans_${name}_total (\\d+)$`, 'm').exec(text)?.[1]);
  return { exported: value('exported'), dropped: value('dropped') };
}

describe.each(['is gone', 'hangs', 'refuses', 'floods', 'drips'] as const)(
  'a collector that %s',
  (manner) => {
    let collector: OtlpReceiver | undefined;
    let gateway: TestGateway;
    let guarded: GuardedServer;
    beforeAll(async () => {
      collector = manner === 'is gone' ? undefined : await startOtlpReceiver(manner);
      const endpoint = collector?.url ?? `http://127.0.0.1:${await freePort()}`;
      gateway = await startGateway({ env: tracing(endpoint, BOUNDS) });
      guarded = await guardServer(gateway, { name: 'Recorder', url: upstream.url }, POLICY);
    });
    afterAll(() => collector?.stop());

    it('stops no call; what is lost is counted and said', async () => {
      const answers = [];
      for (let id = 0; id < CALLS; id += 1) answers.push(await modernCall(guarded, 'echo', { id }));
      expect(answers.every(({ status, text }) => status === 200 && text.includes(VALUE))).toBe(true);
      // Two spans a call: none arrives, and no more than the queue holds can wait.
      await expect
        .poll(async () => (await counted(gateway)).dropped, { timeout: 20_000 })
        .toBeGreaterThanOrEqual(2 * CALLS - QUEUE);
      expect((await counted(gateway)).exported).toBe(0);
      expect(gateway.logs()).toContain('spans were dropped');
      expect(gateway.logs().match(/spans were dropped/g)).toHaveLength(1);
    });

    it('does not keep the gateway from stopping', async () => {
      await modernCall(guarded, 'echo', { id: 'the last' });
      const before = performance.now();
      expect(await gateway.stop()).toMatchObject({ code: 0 });
      expect(performance.now() - before).toBeLessThan(8000);
    });
  },
);

it('what waits is sent when the gateway stops', async () => {
  const collector = await startOtlpReceiver();
  const env = { ...tracing(collector.url), OTEL_BSP_SCHEDULE_DELAY: '3600000' };
  const gateway = await startGateway({ env });
  const guarded = await guardServer(gateway, { name: 'Recorder', url: upstream.url }, POLICY);
  await modernCall(guarded, 'echo');
  expect(collector.spans).toEqual([]);
  expect(await counted(gateway)).toEqual({ exported: 0, dropped: 0 });
  expect((await gateway.stop()).code).toBe(0);
  expect(collector.spans.map(({ kind }) => kind).toSorted()).toEqual(['CLIENT', 'SERVER']);
  await collector.stop();
});

it('what was sent is counted', async () => {
  const collector = await startOtlpReceiver();
  const gateway = await startGateway({
    env: tracing(collector.url, { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' }),
  });
  const guarded = await guardServer(gateway, { name: 'Recorder', url: upstream.url }, POLICY);
  await modernCall(guarded, 'echo', { id: 'a' });
  await expect
    .poll(async () => await counted(gateway), { timeout: 10_000 })
    .toEqual({ exported: 2, dropped: 0 });
  expect(collector.requests[0]?.headers['content-encoding']).toBe('gzip');
  await Promise.all([gateway.stop(), collector.stop()]);
});
