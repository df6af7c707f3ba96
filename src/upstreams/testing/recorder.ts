/** A sink that remembers what it was told, for tests. */
import type { PortcullisError } from '../../errors.ts';
import type { AnswerEnvelope, RequestMessage, SseEvent } from '../../wire/index.ts';
import type { AnswerHead, AnswerSink, Logger, Outbound } from '../types.ts';

export class Recorder implements AnswerSink {
  readonly calls: string[] = [];
  readonly messages: string[] = [];
  readonly envelopes: AnswerEnvelope[] = [];
  readonly events: SseEvent[] = [];
  rawText = '';
  given: AnswerHead | undefined;
  error: PortcullisError | undefined;
  ran: 'no' | 'unknown' | undefined;
  onMessage: (text: string) => void = () => {};
  #settle: () => void = () => {};
  readonly settled = new Promise<void>((resolve) => (this.#settle = resolve));
  readonly #waiters: { count: number; resolve: () => void }[] = [];

  head(head: AnswerHead): void {
    this.calls.push('head');
    this.given = head;
    this.#tick();
  }

  message(bytes: Buffer, envelope: AnswerEnvelope, event?: SseEvent): void {
    this.calls.push('message');
    this.messages.push(bytes.toString());
    this.envelopes.push(envelope);
    if (event !== undefined) this.events.push(event);
    this.onMessage(bytes.toString());
    this.#tick();
  }

  event(event: SseEvent): void {
    this.calls.push('event');
    this.events.push(event);
    this.#tick();
  }

  raw(bytes: Buffer): void {
    this.calls.push('raw');
    this.rawText += bytes.toString();
  }

  end(): void {
    this.calls.push('end');
    this.#tick();
    this.#settle();
  }

  fail(error: PortcullisError, ran: 'no' | 'unknown'): void {
    this.calls.push('fail');
    this.error = error;
    this.ran = ran;
    this.#tick();
    this.#settle();
  }

  /** Resolves when so many calls were made. */
  seen(count: number): Promise<void> {
    if (this.calls.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ count, resolve }));
  }

  #tick(): void {
    for (const waiter of this.#waiters) if (this.calls.length >= waiter.count) waiter.resolve();
  }
}

export function request(id: number | string, method: string, params?: Record<string, unknown>): Outbound {
  const bytes = Buffer.from(
    JSON.stringify({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) }),
  );
  const message = {
    kind: 'request',
    id: { value: id, text: JSON.stringify(id) },
    method,
    params,
    bytes,
  } as RequestMessage;
  return { message, bytes, headers: {} };
}

export function notification(method: string, params?: Record<string, unknown>): Outbound {
  const bytes = Buffer.from(
    JSON.stringify({ jsonrpc: '2.0', method, ...(params === undefined ? {} : { params }) }),
  );
  return {
    message: { kind: 'notification', method, params: params as RequestMessage['params'], bytes },
    bytes,
    headers: {},
  };
}

/** Keeps log lines for a test to look at. */
export class MemoryLog implements Logger {
  readonly lines: { level: string; details: Record<string, unknown>; text: string }[] = [];
  debug = (details: object, text: string): void => this.#add('debug', details, text);
  info = (details: object, text: string): void => this.#add('info', details, text);
  warn = (details: object, text: string): void => this.#add('warn', details, text);
  error = (details: object, text: string): void => this.#add('error', details, text);

  #add(level: string, details: object, text: string): void {
    this.lines.push({ level, details: details as Record<string, unknown>, text });
  }
}
