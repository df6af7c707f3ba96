/** Tells the source of a credential what came of it, and passes everything on. */
import type { PortcullisError } from '../../errors.ts';
import type { AnswerEnvelope, SseEvent } from '../../wire/index.ts';
import type { AnswerHead, AnswerSink, CredentialSource } from '../types.ts';

export class CredentialSink implements AnswerSink {
  readonly #sink: AnswerSink;
  readonly #source: CredentialSource;
  readonly #value: string;

  constructor(sink: AnswerSink, source: CredentialSource, value: string) {
    this.#sink = sink;
    this.#source = source;
    this.#value = value;
  }

  head(head: AnswerHead): void {
    this.#source.judged(this.#value, head.status === 401);
    this.#sink.head(head);
  }

  message(bytes: Buffer, envelope: AnswerEnvelope, event?: SseEvent): void {
    this.#sink.message(bytes, envelope, event);
  }

  event(event: SseEvent): void {
    this.#sink.event(event);
  }

  raw(bytes: Buffer): void {
    this.#sink.raw(bytes);
  }

  end(): void {
    this.#sink.end();
  }

  fail(error: PortcullisError, ran: 'no' | 'unknown'): void {
    this.#sink.fail(error, ran);
  }
}
