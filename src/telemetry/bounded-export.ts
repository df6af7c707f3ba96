/**
 * Between the spans and the collector: what waits is bounded, what is lost is counted and said once a minute. A collector
 * that refuses, hangs or answers too much costs spans and nothing else.
 */
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type Span,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { Context } from '@opentelemetry/api';
import type { TraceSettings } from './read-settings.ts';

/** How much longer than the exporter's own time an export may take before its spans are given up. */
const SPARE_MS = 1000;

export class BoundedExport implements SpanProcessor {
  readonly #batches: BatchSpanProcessor;
  readonly #lost: (spans: number, why: string) => void;
  readonly #most: number;
  readonly #deadlineMs: number;
  #waiting = 0;
  #exported = 0;
  #isClosed = false;

  /** @param lost hears of spans that will not be sent, and why */
  constructor(
    exporter: SpanExporter,
    { batch, timeoutMs }: Pick<TraceSettings, 'batch' | 'timeoutMs'>,
    lost: (spans: number, why: string) => void,
  ) {
    this.#lost = lost;
    this.#most = batch.maxQueue;
    this.#deadlineMs = timeoutMs + SPARE_MS;
    const counted: SpanExporter = {
      export: (spans, done) => this.#export(exporter, spans, done),
      shutdown: () => exporter.shutdown(),
    };
    this.#batches = new BatchSpanProcessor(counted, {
      maxQueueSize: batch.maxQueue,
      maxExportBatchSize: batch.maxBatch,
      scheduledDelayMillis: batch.delayMs,
      exportTimeoutMillis: this.#deadlineMs + SPARE_MS,
    });
  }

  get exported(): number {
    return this.#exported;
  }

  onStart(span: Span, parent: Context): void {
    this.#batches.onStart(span, parent);
  }

  onEnd(span: ReadableSpan): void {
    if (this.#isClosed) return this.#lost(1, 'the gateway is stopping');
    if (this.#waiting >= this.#most) return this.#lost(1, `${this.#most} spans are waiting already`);
    this.#waiting += 1;
    this.#batches.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#batches.forceFlush();
  }

  /** Sends what waits. */
  shutdown(): Promise<void> {
    this.#isClosed = true;
    return this.#batches.shutdown();
  }

  /** Spans that are neither sent nor given up. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whatever the exporter does, each batch ends once, and in time. */
  #export(exporter: SpanExporter, spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    let isOver = false;
    const finish = (result: ExportResult): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      this.#waiting -= spans.length;
      if (result.code === ExportResultCode.SUCCESS) this.#exported += spans.length;
      else this.#lost(spans.length, result.error?.message ?? 'the export failed');
      done(result);
    };
    const fail = (error: Error): void => finish({ code: ExportResultCode.FAILED, error });
    const timer = setTimeout(() => fail(new Error('the collector did not answer in time')), this.#deadlineMs);
    timer.unref();
    try {
      exporter.export(spans, finish);
    } catch (thrown) {
      fail(new Error(String(thrown)));
    }
  }
}
