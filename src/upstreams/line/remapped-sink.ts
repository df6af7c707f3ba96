/** Gives a client its own ids back, and nothing that is not its own. */
import { rewriteMember, SUBSCRIPTION_META, type AnswerEnvelope, type RequestId } from '../../wire/index.ts';
import type { PortcullisError } from '../../errors.ts';
import type { AnswerHead, AnswerSink } from '../types.ts';
import { subscriptionOf } from './subscription.ts';

export interface IdPair {
  /** Used towards the server as id, progress token and subscription id. */
  readonly id: number;
  readonly clientId: RequestId;
  readonly token: { readonly value: string | number; readonly text: string } | undefined;
}

export class RemappedSink implements AnswerSink {
  readonly #sink: AnswerSink;
  readonly #pair: IdPair;
  readonly #settled: () => void;

  /** @param settled called once when the exchange is over */
  constructor(sink: AnswerSink, pair: IdPair, settled: () => void) {
    this.#sink = sink;
    this.#pair = pair;
    this.#settled = settled;
  }

  head(head: AnswerHead): void {
    this.#sink.head(head);
  }

  message(bytes: Buffer, envelope: AnswerEnvelope): void {
    const own = this.#restored(bytes, envelope);
    if (own !== undefined) this.#sink.message(own.bytes, own.envelope);
  }

  event(): void {}

  raw(bytes: Buffer): void {
    this.#sink.raw(bytes);
  }

  end(): void {
    this.#settled();
    this.#sink.end();
  }

  fail(error: PortcullisError, ran: 'no' | 'unknown'): void {
    this.#settled();
    this.#sink.fail(error, ran);
  }

  /** Undefined when the message belongs to somebody else, or names its owner ambiguously. */
  #restored(
    bytes: Buffer,
    envelope: AnswerEnvelope,
  ): { bytes: Buffer; envelope: AnswerEnvelope } | undefined {
    const { id, clientId, token } = this.#pair;
    const subscribed = subscriptionOf(bytes) === id;
    try {
      if (envelope.kind === 'response' && envelope.id?.value === id) {
        const own = subscribed ? this.#withSubscription(bytes, 'result') : bytes;
        return { bytes: rewriteMember(own, ['id'], clientId.text), envelope: { ...envelope, id: clientId } };
      }
      if (envelope.kind !== 'notification') return undefined;
      if (envelope.progressToken === id && token !== undefined) {
        const own = rewriteMember(bytes, ['params', 'progressToken'], token.text);
        return { bytes: own, envelope: { ...envelope, progressToken: token.value } };
      }
      return subscribed ? { bytes: this.#withSubscription(bytes, 'params'), envelope } : undefined;
    } catch {
      return undefined;
    }
  }

  #withSubscription(bytes: Buffer, member: 'params' | 'result'): Buffer {
    return rewriteMember(bytes, [member, '_meta', SUBSCRIPTION_META], this.#pair.clientId.text);
  }
}
