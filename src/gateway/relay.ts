/**
 * Carries one answer from the upstream to the client. Every message passes `judgeAnswer` first; what does not answer this
 * request is not let through. An upstream that fails leaves no client waiting: the pending request always gets an answer.
 */
import { PortcullisError, toPortcullisError } from '../errors.ts';
import type { AnswerHead, AnswerSink, Flow } from '../upstreams/index.ts';
import { withoutBytes, type AnswerEnvelope, type SseEvent } from '../wire/index.ts';
import type { Call, Outcome } from './call.ts';
import type { Core } from './core.ts';
import type { Cuttable } from './live.ts';
import { withOwnSession, type ParkedAnswer, type Session } from './sessions.ts';
import { answerError } from './steps/answer.ts';
import { freeId } from './steps/claim-id.ts';
import { byResultRules, hasResultRules, judgeAnswer } from './steps/judge-answer.ts';
import { judgeAside } from './steps/judge-server-message.ts';
import { recordOutcome } from './steps/record-outcome.ts';

/** Opens the session that an `initialize` result speaks of; returns the head with the id that the client will carry. */
export type SessionOpener = (call: Call, head: AnswerHead, result: Buffer) => AnswerHead;

export class Relay implements AnswerSink, ParkedAnswer, Cuttable {
  place = -1;
  readonly #call: Call;
  readonly #core: Core;
  readonly #openSession: SessionOpener | undefined;
  readonly #dispatchedAt: number;
  /** The server's own, that the message was sent in. */
  readonly #session: string | undefined;
  readonly #done: () => void;
  #flow: Flow | undefined;
  #head: AnswerHead | undefined;
  /** The head of an `initialize` answer, and what comes before the result, wait for the result, which says what the session is. */
  #waiting: (() => void)[] | undefined;
  #answered = false;
  #closed = false;
  #bytes = 0;
  /** Once the stream carried event ids it can be resumed. */
  #lastEventId: string | undefined;
  #retry: number | undefined;

  constructor(call: Call, core: Core, openSession: SessionOpener | undefined, done: () => void) {
    this.#call = call;
    this.#core = core;
    this.#openSession = openSession;
    this.#dispatchedAt = core.clock.elapsed();
    this.#session = call.caller.session?.facts?.upstreamId || undefined;
    this.#done = done;
  }

  attach(flow: Flow): void {
    this.#flow = flow;
  }

  head(head: AnswerHead): void {
    this.#head = head;
    if (head.status === 401 || head.status === 403) {
      return this.#refuse(
        new PortcullisError('PC_UPSTREAM_CREDENTIALS', {
          server: this.#call.caller.server.slug,
          status: head.status,
        }),
        'unknown',
      );
    }
    const { front, message } = this.#call;
    if (head.kind !== 'json' && this.#isLost(head)) return this.#reopen();
    if (head.status >= 400) {
      if (front.surface !== 'http' && head.kind !== 'json')
        return this.#refuse(this.#strange(`HTTP ${head.status}`), 'unknown');
    } else if (head.kind === 'other') {
      // Clients differ in what they take for JSON; what was not read here was not judged.
      if (message.kind === 'request') return this.#refuse(this.#strange(typeOf(head)), 'unknown');
      return front.head({ status: head.status, kind: 'empty', headers: {} });
    }
    if (
      this.#openSession !== undefined &&
      head.status === 200 &&
      (head.kind === 'json' || head.kind === 'sse')
    ) {
      this.#waiting = [];
      return;
    }
    front.head(withOwnSession(head, this.#call.caller));
  }

  message(bytes: Buffer, envelope: AnswerEnvelope, event?: SseEvent): void {
    if (this.#closed) return;
    this.#bytes += bytes.length;
    this.#note(event);
    const { message } = this.#call;
    if (this.#isLost(this.#head) && envelope.errorCode !== METHOD_NOT_FOUND) return this.#reopen();
    if (
      envelope.kind === 'response' &&
      message.kind === 'request' &&
      envelope.id?.value === message.id.value &&
      !this.#answered
    ) {
      return this.#final(bytes, envelope, event);
    }
    if (this.#head !== undefined && this.#head.status >= 400 && this.#head.kind === 'json') {
      if (this.#call.front.surface !== 'http')
        return this.#refuse(this.#strange(`HTTP ${this.#head.status}`), 'unknown');
      const judged = this.#errorOf(bytes);
      this.#answered = true;
      this.#finish('error', 'unknown', undefined, undefined, envelope.errorCode);
      return judged === undefined ? undefined : this.#pass(judged, judged === bytes ? event : undefined);
    }
    if (envelope.kind === 'request' || envelope.kind === 'notification') {
      const passed = judgeAside(this.#core, this.#call.caller, bytes, envelope);
      return passed === undefined
        ? undefined
        : this.#pass(passed, passed === bytes ? event : withoutBytes(event));
    }
    this.#core.logger.warn(
      {
        server: this.#call.caller.server.slug,
        call: this.#call.id,
        kind: envelope.kind,
        id: envelope.id?.text,
      },
      'dropped a message of the server that answers no request of this exchange',
    );
  }

  event(event: SseEvent): void {
    if (this.#closed) return;
    this.#note(event);
    if (this.#waiting === undefined) this.#call.front.event(event);
    else this.#hold(() => this.#call.front.event(event));
  }

  #note(event: SseEvent | undefined): void {
    this.#lastEventId = event?.id ?? this.#lastEventId;
    this.#retry = event?.retry ?? this.#retry;
  }

  #hold(give: () => void): void {
    this.#waiting!.push(give);
    if (this.#waiting!.length > MOST_WAITING)
      this.#refuse(this.#strange('too much before the result of initialize'), 'unknown');
  }

  raw(bytes: Buffer): void {
    if (this.#closed || !this.#isHttpError()) return;
    this.#bytes += bytes.length;
    // What is no message cannot be judged.
    if (!hasResultRules(this.#call)) this.#call.front.raw(bytes);
  }

  end(): void {
    if (this.#closed) return;
    const { message, front, caller } = this.#call;
    if (message.kind === 'request' && !this.#answered) {
      if (this.#lastEventId !== undefined && caller.session !== undefined)
        return this.#park(message.id.value, caller.session);
      if (!this.#isHttpError()) {
        return this.fail(new PortcullisError('PC_UPSTREAM_DIED', { server: caller.server.slug }), 'unknown');
      }
      this.#finish('unknown', 'unknown');
    }
    this.#closed = true;
    front.end();
    this.#done();
  }

  fail(error: PortcullisError, ran: 'no' | 'unknown'): void {
    if (this.#closed) return;
    if (this.#answered) {
      this.#closed = true;
      this.#call.front.end();
      return this.#done();
    }
    this.#refuse(error, ran);
  }

  /** The client is gone and did not cancel: nobody slows the rest of the answer down any more. */
  unheard(): void {
    this.#flow?.resume();
  }

  /** The client is gone: what is known of the call is recorded, nothing is sent to it. */
  abandon(): void {
    if (this.#closed && !this.#isParked()) return;
    if (!this.#answered) this.#finish('unknown', 'unknown');
    this.#closed = true;
    this.#flow?.cancel();
    this.#done();
  }

  /** What the body of an HTTP error says, as far as it may come back; undefined where that cannot be told. */
  #errorOf(bytes: Buffer): Buffer | undefined {
    try {
      return byResultRules(this.#call, bytes);
    } catch {
      return undefined;
    }
  }

  /** HTTP 404 to a message in a session says that the session is gone (MCP 2025-11-25, basic/transports, session management). */
  #isLost(head: AnswerHead | undefined): boolean {
    return (
      head?.status === 404 && this.#session !== undefined && this.#call.caller.session?.reopen !== undefined
    );
  }

  #reopen(): void {
    const { session, server } = this.#call.caller;
    session?.reopen?.(this.#session!);
    this.#refuse(new PortcullisError('PC_UPSTREAM_SESSION_LOST', { server: server.slug }), 'unknown');
  }

  /** An answer by status alone (a lost session, a limit, a page of a proxy): the client's to understand, whatever its body. */
  #isHttpError(): boolean {
    return this.#head !== undefined && this.#head.status >= 400 && this.#call.front.surface === 'http';
  }

  #isParked(): boolean {
    const { message, caller } = this.#call;
    return message.kind === 'request' && caller.session?.parked.get(message.id.value) === this;
  }

  /** The server closed the stream and will go on when the client asks for the rest (SSE polling, MCP 2025-11-25). */
  #park(id: string | number, session: Session): void {
    session.parked.set(id, this);
    this.#closed = true;
    if (session.resume !== undefined)
      return session.resume(id, { lastEventId: this.#lastEventId, retry: this.#retry });
    this.#call.front.end();
    this.#done();
  }

  arrive(bytes: Buffer, envelope: AnswerEnvelope): Buffer | undefined {
    this.#bytes += bytes.length;
    const { caller, front } = this.#call;
    const onOwnSide = caller.session?.resume !== undefined;
    try {
      const judged = judgeAnswer(this.#call, this.#core, bytes, envelope);
      this.#answeredBy(envelope);
      if (!onOwnSide) return judged;
      front.message(judged);
      front.end();
    } catch (thrown) {
      const error = this.#named(thrown);
      this.#finish('unknown', 'yes', error);
      if (!onOwnSide) throw error;
      answerError(this.#call, error);
    } finally {
      this.#done();
    }
    return undefined;
  }

  lose(): void {
    this.#refuse(
      new PortcullisError('PC_UPSTREAM_DIED', { server: this.#call.caller.server.slug }),
      'unknown',
    );
  }

  #final(bytes: Buffer, envelope: AnswerEnvelope, event: SseEvent | undefined): void {
    try {
      const judged = judgeAnswer(this.#call, this.#core, bytes, envelope);
      if (this.#waiting !== undefined && this.#head !== undefined) {
        const head =
          envelope.errorCode === undefined
            ? this.#openSession!(this.#call, this.#head, bytes)
            : withOwnSession(this.#head, this.#call.caller);
        this.#call.front.head(head);
        const held = this.#waiting;
        this.#waiting = undefined;
        for (const give of held) give();
      }
      this.#answered = true;
      this.#answeredBy(envelope);
      this.#pass(judged, judged === bytes ? event : withoutBytes(event));
    } catch (thrown) {
      this.#refuse(this.#named(thrown), 'yes');
    }
  }

  /** Readers of answers do not know whose they read. */
  #named(thrown: unknown): PortcullisError {
    if (thrown instanceof SyntaxError) return this.#strange('a result that is not JSON');
    const error = toPortcullisError(thrown);
    const { server, detail } = error.parameters;
    return error.code === 'PC_UPSTREAM_PROTOCOL' && server === '' ? this.#strange(String(detail)) : error;
  }

  #strange(detail: string): PortcullisError {
    return new PortcullisError('PC_UPSTREAM_PROTOCOL', { server: this.#call.caller.server.slug, detail });
  }

  #pass(bytes: Buffer, event: SseEvent | undefined): void {
    if (this.#waiting !== undefined) return this.#hold(() => this.#pass(bytes, event));
    const { front } = this.#call;
    front.message(bytes, event);
    if (!front.ready(() => this.#flow?.resume())) this.#flow?.pause();
  }

  /** The pending request gets an error, and nothing more is taken from the upstream. */
  #refuse(error: PortcullisError, ran: Outcome['ran']): void {
    this.#closed = true;
    this.#finish('unknown', ran, error);
    this.#flow?.cancel();
    answerError(this.#call, error);
    this.#done();
  }

  #answeredBy(envelope: AnswerEnvelope): void {
    const { errorCode, isError = false } = envelope;
    this.#finish(
      resultKind(envelope),
      'yes',
      undefined,
      errorCode === undefined ? isError : undefined,
      errorCode,
    );
  }

  #finish(
    kind: Outcome['kind'],
    ran: Outcome['ran'],
    error?: PortcullisError,
    isError?: boolean,
    errorCode?: number,
  ): void {
    const call = this.#call;
    if (call.outcome !== undefined) return;
    call.outcome = {
      status: this.#head?.status,
      kind,
      isError,
      errorCode,
      bytes: this.#bytes,
      error,
      ran,
      durationMs: this.#core.clock.elapsed() - this.#dispatchedAt,
    };
    if (call.message.kind === 'request') {
      freeId(call);
      recordOutcome(call, this.#core);
    }
  }
}

const METHOD_NOT_FOUND = -32601;

/** Events and messages before the result of `initialize`. */
const MOST_WAITING = 256;

function typeOf({ headers }: AnswerHead): string {
  return `a body of the type ${JSON.stringify(headers['content-type']?.slice(0, 100) ?? 'none')}`;
}

function resultKind(envelope: AnswerEnvelope): Outcome['kind'] {
  if (envelope.errorCode !== undefined) return 'error';
  if (envelope.resultType === 'input_required') return 'input_required';
  return envelope.resultType === 'task' ? 'task' : 'result';
}
