import { ExportResultCode } from '@opentelemetry/core';
import { AlwaysOnSampler, BasicTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BoundedExport } from './bounded-export.ts';
import { Losses } from './losses.ts';

const BATCH = { delayMs: 100, maxQueue: 10, maxBatch: 4 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function bench(send: SpanExporter['export']) {
  const lost: [number, string][] = [];
  const exporter: SpanExporter = { export: send, shutdown: () => Promise.resolve() };
  const bounded = new BoundedExport(exporter, { batch: BATCH, timeoutMs: 1000 }, (spans, why) =>
    lost.push([spans, why]),
  );
  const provider = new BasicTracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [bounded] });
  const tracer = provider.getTracer('test');
  return { bounded, lost, spans: (count: number) => range(count).forEach(() => tracer.startSpan('a').end()) };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const sum = (lost: readonly [number, string][]): number => lost.reduce((total, [spans]) => total + spans, 0);

it('counts what the exporter has taken', async () => {
  const { bounded, lost, spans } = bench((_, done) => done({ code: ExportResultCode.SUCCESS }));
  spans(3);
  expect(bounded.waiting).toBe(3);
  await vi.advanceTimersByTimeAsync(BATCH.delayMs);
  expect([bounded.exported, bounded.waiting, lost]).toEqual([3, 0, []]);
});

it('holds no more than the queue takes, those on their way included', () => {
  const { bounded, lost, spans } = bench(() => {});
  spans(25);
  expect([bounded.waiting, sum(lost)]).toEqual([BATCH.maxQueue, 15]);
  expect(lost[0]![1]).toContain('waiting');
});

it('gives up an export that never ends, and goes on with the next', async () => {
  let exports = 0;
  const { bounded, lost, spans } = bench((_, done) => {
    exports += 1;
    if (exports > 1) done({ code: ExportResultCode.SUCCESS });
  });
  spans(4);
  await vi.advanceTimersByTimeAsync(2500);
  expect([exports, bounded.waiting, lost]).toEqual([1, 0, [[4, expect.stringContaining('in time')]]]);
  spans(4);
  await vi.advanceTimersByTimeAsync(BATCH.delayMs);
  expect([exports, bounded.exported]).toEqual([2, 4]);
});

it.each<[string, SpanExporter['export']]>([
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  [
    'fails twice',
    (_, done) => {
      done({ code: ExportResultCode.FAILED, error: new Error('broken') });
      done({ code: ExportResultCode.SUCCESS });
    },
  ],
])('counts once what an exporter that %s has lost', async (_, send) => {
  const { bounded, lost, spans } = bench(send);
  spans(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect([bounded.exported, bounded.waiting, sum(lost)]).toEqual([0, 0, 2]);
  expect(lost[0]![1]).toContain('broken');
});

it('takes nothing after its end', async () => {
  const { bounded, lost, spans } = bench((_, done) => done({ code: ExportResultCode.SUCCESS }));
  await bounded.shutdown();
  spans(1);
  expect([bounded.waiting, sum(lost)]).toEqual([0, 1]);
});

it('speaks of losses once a minute, and leaves none out', () => {
  const said: object[] = [];
  const silent = (): void => {};
  let now = 0;
  const logger = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (details: object) => said.push(details),
  };
  const losses = new Losses(logger, 'http://collector', () => now);
  losses.say();
  losses.note(1, 'first');
  losses.note(2, 'second');
  now = 59_999;
  losses.note(3, 'third');
  expect(said).toEqual([{ spans: 1, collector: 'http://collector', why: 'first' }]);
  now = 60_000;
  losses.note(4, 'fourth');
  losses.note(5, 'fifth');
  losses.say();
  expect(said.slice(1)).toMatchObject([
    { spans: 9, why: 'fourth' },
    { spans: 5, why: 'fifth' },
  ]);
  expect(losses.total).toBe(15);
});
