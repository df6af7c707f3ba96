/**
 * One HTTP request and its answer. Written against undici's dispatch: no promise, no stream, no timer on the way of a call
 * that finds a free connection. Nothing is ever sent twice. Failures say whether the request can have reached the
 * upstream: before undici starts to write it, it cannot; from then on nobody knows.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { PortcullisError } from '../../errors.ts';
import { GatheredBytes, readAnswer, SseParser, type SseEvent } from '../../wire/index.ts';
import { Delivery } from '../delivery.ts';
import { connectFailure, died, strange, unreachable, type Failure } from '../failures.ts';
import type { AnswerHead, AnswerSink, Flow } from '../types.ts';
import { errors } from './undici-parts.ts';
import { answerHead, unacceptable } from './answer-head.ts';

/** A request that found no connection by then is given up, unsent. */
const START_WITHIN_MS = 10_000;
/** How much of an error page is passed on, and how much of an unwanted body is read before the connection is dropped. */
const OTHER_BODY_BYTES = 64 * 1024;
const OPEN_BRACKET = 0x5b;

export interface ExchangeSettings {
  readonly server: string;
  readonly maxMessageBytes: number;
  readonly headTimeoutMs: number;
  readonly onFailure: (failure: Failure) => void;
}

export class Exchange implements Dispatcher.DispatchHandler, Flow {
  readonly #delivery: Delivery;
  readonly #settings: ExchangeSettings;
  readonly #onOver: (() => void) | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #dispatched = false;
  #over = false;
  #complete = false;
  #head: AnswerHead | undefined;
  #headGiven = false;
  #parser: SseParser | undefined;
  readonly #chunks = new GatheredBytes();
  #size = 0;

  /** `onOver` runs once, however the exchange ends. */
  constructor(sink: AnswerSink, settings: ExchangeSettings, onOver?: () => void) {
    this.#delivery = new Delivery(sink);
    this.#settings = settings;
    this.#onOver = onOver;
  }

  /** The sink hears nothing before this returns. */
  start(dispatcher: Dispatcher, request: Dispatcher.DispatchOptions): this {
    try {
      dispatcher.dispatch(request, this);
    } catch (error) {
      queueMicrotask(() => this.#fail(this.#unsent(error)));
    }
    this.#dispatched = true;
    if (this.#controller === undefined && !this.#over) {
      this.#deadline = setTimeout(
        () => this.#fail({ error: this.#noConnection(), ran: 'no' }),
        START_WITHIN_MS,
      );
    }
    return this;
  }

  cancel(): void {
    this.#delivery.cancel();
    this.#stop();
  }

  pause(): void {
    this.#delivery.pause();
    if (!this.#over) this.#controller?.pause();
  }

  resume(): void {
    this.#delivery.resume();
    if (!this.#over && !this.#delivery.paused) this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) return controller.abort(new Error('cancelled'));
    clearTimeout(this.#deadline);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (this.#over || status < 200) return;
    const trouble = unacceptable(status, headers);
    if (trouble !== undefined) return this.#refuse(trouble);
    this.#head = answerHead(status, headers);
    if (this.#head.kind !== 'sse') return;
    this.#parser = new SseParser(this.#settings.maxMessageBytes);
    this.#giveHead(this.#head);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over || this.#head === undefined) return;
    if (this.#parser !== undefined) return this.#readEvents(this.#parser, chunk);
    const before = this.#size;
    this.#size += chunk.length;
    if (this.#head.kind === 'json') {
      if (this.#size > this.#settings.maxMessageBytes)
        return this.#refuse(`more than ${this.#settings.maxMessageBytes} bytes`);
      this.#chunks.add(chunk);
      return;
    }
    if (this.#head.kind === 'other') {
      this.#giveHead(this.#head);
      this.#delivery.raw(chunk.subarray(0, Math.max(0, OTHER_BODY_BYTES - before)));
    }
    if (this.#size >= OTHER_BODY_BYTES) this.#finish();
  }

  onResponseEnd(): void {
    if (this.#over) return;
    this.#complete = true;
    if (this.#head?.kind === 'json' && this.#size > 0) return this.#giveJson(this.#head);
    if (this.#parser !== undefined) this.#give(this.#parser.end());
    this.#finish();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#over) return;
    const failure = this.#controller === undefined ? this.#unsent(error) : this.#lost(error);
    if (this.#dispatched) this.#fail(failure);
    else queueMicrotask(() => this.#fail(failure));
  }

  #readEvents(parser: SseParser, chunk: Buffer): void {
    try {
      this.#give(parser.push(chunk));
    } catch (error) {
      const detail = error instanceof PortcullisError ? error.parameters.detail : undefined;
      this.#refuse(String(detail ?? 'an event stream that cannot be read'), error);
    }
  }

  #give(events: readonly SseEvent[]): void {
    for (const event of events) {
      const { data } = event;
      if (data === undefined || data.length === 0) this.#delivery.event(event);
      else this.#delivery.message(data, readAnswer(data), event);
      if (this.#over) return;
    }
  }

  #giveJson(head: AnswerHead): void {
    const bytes = this.#chunks.bytes();
    const envelope = readAnswer(bytes);
    if (envelope.kind === 'invalid' && head.status < 400 && firstByte(bytes) !== OPEN_BRACKET) {
      return this.#refuse('a body that is not a JSON-RPC message');
    }
    this.#giveHead(head);
    this.#delivery.message(bytes, envelope);
    this.#finish();
  }

  #giveHead(head: AnswerHead): void {
    if (this.#headGiven) return;
    this.#headGiven = true;
    this.#delivery.head(head);
  }

  /** The answer is complete, or as complete as it is wanted. */
  #finish(): void {
    const head = this.#head ?? { status: 502, kind: 'empty', headers: {} };
    this.#giveHead(head.kind === 'json' || head.kind === 'other' ? { ...head, kind: 'empty' } : head);
    this.#delivery.end();
    this.#stop();
  }

  #refuse(detail: string, cause?: unknown): void {
    this.#fail({ error: strange(this.#settings.server, detail, cause), ran: 'unknown' });
  }

  #fail(failure: Failure): void {
    if (this.#over) return;
    this.#settings.onFailure(failure);
    this.#delivery.fail(failure.error, failure.ran);
    this.#stop();
  }

  /** Nothing more is wanted from the upstream. */
  #stop(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#deadline);
    this.#chunks.clear();
    this.#onOver?.();
    if (!this.#complete) this.#controller?.abort(new Error('cancelled'));
  }

  #noConnection(): PortcullisError {
    return unreachable(this.#settings.server, `no connection was free within ${START_WITHIN_MS / 1000} s`);
  }

  #unsent(error: unknown): Failure {
    return { error: connectFailure(this.#settings.server, error), ran: 'no' };
  }

  #lost(error: Error): Failure {
    const { server, headTimeoutMs } = this.#settings;
    if (error instanceof errors.HeadersTimeoutError) {
      const seconds = Math.round(headTimeoutMs / 1000);
      return {
        error: new PortcullisError('PC_UPSTREAM_TIMEOUT', { server, seconds }, { cause: error }),
        ran: 'unknown',
      };
    }
    if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
      return { error: strange(server, 'a response that is not HTTP/1.1', error), ran: 'unknown' };
    }
    return { error: died(server, error), ran: 'unknown' };
  }
}

function firstByte(bytes: Buffer): number | undefined {
  return bytes.find((byte) => byte > 0x20);
}
