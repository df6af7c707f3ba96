/**
 * One client's side of a two-way line to a server (stdio, legacy HTTP+SSE): which answer belongs to which request, and
 * where everything else goes. An answer that nobody waits for is dropped and logged. The id of a request that was given
 * up stays taken until its answer has come, so that a late answer can never pass for the answer to another request.
 */
import { PortcullisError } from '../../errors.ts';
import type { AnswerEnvelope } from '../../wire/index.ts';
import { Delivery } from '../delivery.ts';
import type { AnswerSink, Flow, Logger, Outbound } from '../types.ts';
import { Pending } from './pending.ts';
import { Strays } from './strays.ts';
import { subscriptionOf } from './subscription.ts';

/** After the client cancelled a request, how long its answer may still come before the exchange is ended. */
const CANCELLED_GRACE_MS = 5000;
const MOST_ABANDONED = 10_000;
const LISTEN_METHOD = 'subscriptions/listen';

/** How the bytes of one message are put on the line. */
export interface Transmission {
  /** The server has the message: a notification or response is done. */
  sent(): void;
  failed(error: PortcullisError, ran: 'no' | 'unknown'): void;
  /** The transport itself answers (an HTTP error status): from now on it feeds the sink. */
  takeOver(): AnswerSink;
}

/** Puts a message on the line and reports once, never before it returns. Returns how to take it back: true when it had not left. */
export type Transmit = (outbound: Outbound, transmission: Transmission) => () => boolean;

export class Conversation {
  readonly #server: string;
  readonly #logger: Logger;
  readonly #transmit: Transmit;
  readonly #onPressure: (high: boolean) => void;
  readonly #strays: Strays;
  /** In the order of sending. */
  readonly #pending = new Map<string | number, Pending>();
  readonly #byToken = new Map<string | number, Pending>();
  readonly #abandoned = new Set<string | number>();
  #pressing = 0;

  /** @param onPressure a reader is slow (true) or has caught up (false): stop and restart reading the line. */
  constructor(server: string, logger: Logger, transmit: Transmit, onPressure: (high: boolean) => void) {
    this.#server = server;
    this.#logger = logger;
    this.#transmit = transmit;
    this.#onPressure = onPressure;
    this.#strays = new Strays(server, logger);
  }

  send(outbound: Outbound, sink: AnswerSink): Flow {
    const { message } = outbound;
    const delivery = new Delivery(sink, this.#press);
    if (message.kind !== 'request') return this.#tell(outbound, delivery);
    const refusal = this.#refusal(message.id.value, message.id.text);
    if (refusal !== undefined) {
      queueMicrotask(() => delivery.fail(refusal, 'no'));
      return flow(delivery, () => delivery.cancel());
    }
    const pending = new Pending(message, delivery);
    this.#pending.set(pending.id, pending);
    if (pending.progressToken !== undefined) this.#byToken.set(pending.progressToken, pending);
    const takeBack = this.#transmit(outbound, {
      sent: () => this.#flushTo(pending),
      failed: (error, ran) => {
        this.#settle(pending);
        delivery.fail(error, ran);
      },
      takeOver: () => {
        this.#settle(pending);
        return delivery;
      },
    });
    return flow(delivery, () => {
      const waited = this.#settle(pending);
      if (!takeBack() && waited) this.#abandon(pending.id);
      delivery.cancel();
    });
  }

  listen(sink: AnswerSink): Flow {
    return this.#strays.listen(sink, this.#press);
  }

  /** One message of the server. */
  receive(bytes: Buffer, envelope: AnswerEnvelope): void {
    if (envelope.kind === 'response') return this.#answer(bytes, envelope);
    const owner = this.#ownerOf(bytes, envelope);
    if (owner !== undefined) return owner.stream(bytes, envelope);
    if (this.#strays.give(bytes, envelope)) return;
    const latest = [...this.#pending.values()].findLast((pending) => pending.method !== 'initialize');
    if (latest === undefined) this.#strays.keep(bytes, envelope);
    else latest.stream(bytes, envelope);
  }

  /** The line is gone: everything that waits fails, every stream ends. */
  close(error: PortcullisError, ran: 'no' | 'unknown'): void {
    for (const pending of this.#pending.values()) {
      this.#settle(pending);
      pending.delivery.fail(error, ran);
    }
    this.#strays.end();
  }

  #tell(outbound: Outbound, delivery: Delivery): Flow {
    const takeBack = this.#transmit(outbound, {
      sent: () => {
        delivery.head({ status: 202, kind: 'empty', headers: {} });
        delivery.end();
        this.#noteCancellation(outbound);
      },
      failed: (error, ran) => delivery.fail(error, ran),
      takeOver: () => delivery,
    });
    return flow(delivery, () => {
      takeBack();
      delivery.cancel();
    });
  }

  #answer(bytes: Buffer, envelope: AnswerEnvelope): void {
    const id = envelope.id?.value;
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (pending === undefined) {
      const late = id !== undefined && this.#abandoned.delete(id);
      this.#logger.debug(
        { server: this.#server, id: envelope.id?.text, late },
        'dropped an answer that nobody waits for',
      );
      return;
    }
    this.#settle(pending);
    pending.answer(bytes, envelope);
  }

  #ownerOf(bytes: Buffer, envelope: AnswerEnvelope): Pending | undefined {
    if (envelope.kind !== 'notification') return undefined;
    if (envelope.method === 'notifications/progress' && envelope.progressToken !== undefined)
      return this.#byToken.get(envelope.progressToken);
    const subscribed = [...this.#pending.values()].some((pending) => pending.method === LISTEN_METHOD);
    const id = subscribed ? subscriptionOf(bytes) : undefined;
    return id === undefined ? undefined : this.#pending.get(id);
  }

  #refusal(id: string | number, text: string): PortcullisError | undefined {
    if (this.#pending.has(id) || this.#abandoned.has(id))
      return new PortcullisError('PC_ID_IN_FLIGHT', { id: text });
    return undefined;
  }

  /** Server messages that came while nobody could take them ride on the next request's stream. */
  #flushTo(pending: Pending): void {
    if (pending.method === 'initialize' || !this.#pending.has(pending.id)) return;
    this.#strays.drain((bytes, envelope) => pending.stream(bytes, envelope));
  }

  #noteCancellation({ message }: Outbound): void {
    if (message.kind !== 'notification' || message.method !== 'notifications/cancelled') return;
    const id = message.params?.requestId;
    const pending = typeof id === 'string' || typeof id === 'number' ? this.#pending.get(id) : undefined;
    if (pending === undefined) return;
    const timer = setTimeout(() => {
      if (!this.#settle(pending)) return;
      this.#abandon(pending.id);
      pending.delivery.end();
    }, CANCELLED_GRACE_MS);
    timer.unref();
  }

  #abandon(id: string | number): void {
    this.#abandoned.add(id);
    if (this.#abandoned.size > MOST_ABANDONED) this.#abandoned.delete(this.#abandoned.values().next().value!);
  }

  #settle(pending: Pending): boolean {
    if (this.#pending.get(pending.id) !== pending) return false;
    this.#pending.delete(pending.id);
    if (pending.progressToken !== undefined && this.#byToken.get(pending.progressToken) === pending) {
      this.#byToken.delete(pending.progressToken);
    }
    return true;
  }

  readonly #press = (high: boolean): void => {
    const before = this.#pressing > 0;
    this.#pressing += high ? 1 : -1;
    if (before !== this.#pressing > 0) this.#onPressure(this.#pressing > 0);
  };
}

function flow(delivery: Delivery, cancel: () => void): Flow {
  return { cancel, pause: () => delivery.pause(), resume: () => delivery.resume() };
}
