/**
 * Asks several servers the same, each through the whole pipeline with its own policy and log entry, and waits for all
 * answers. A server that is down or slow costs its own answer, not those of the others.
 */
import { isObject } from '../../json.ts';
import { toPortcullisError } from '../../errors.ts';
import type { AnswerHead } from '../../upstreams/index.ts';
import { readAnswer, type Message } from '../../wire/index.ts';
import type { Caller, Front } from '../call.ts';
import { recordRefusal } from '../doors/door.ts';
import type { Doors } from '../doors/doors.ts';
import { makeCall } from '../make-call.ts';
import { run } from '../pipeline.ts';
import { memberHeaders } from './member-headers.ts';

/** How long one server may keep the others waiting. */
const PATIENCE_MS = 15_000;

/** What one server answered. */
export interface Gathered {
  readonly caller: Caller;
  /** The JSON-RPC answer; undefined when there was none. */
  readonly bytes: Buffer | undefined;
  /** The answer's result; undefined when there is none that can be read. */
  readonly result: Readonly<Record<string, unknown>> | undefined;
  /** Sealed; of an `initialize` answer. */
  readonly sessionId: string | undefined;
  readonly failed: boolean;
  /** Of the server's answer, or of what is said in its place. */
  readonly status: number;
}

/** Never rejects. The answers stand in the order of `asked`. */
export function gather(
  doors: Doors,
  asked: readonly (readonly [caller: Caller, message: Message])[],
  headers: Readonly<Record<string, string>>,
  outer: Front,
): Promise<readonly Gathered[]> {
  return Promise.all(asked.map(([caller, message]) => ask(doors, caller, message, headers, outer)));
}

function ask(
  doors: Doors,
  caller: Caller,
  message: Message,
  headers: Readonly<Record<string, string>>,
  outer: Front,
): Promise<Gathered> {
  return new Promise((resolve) => {
    const front = new MemberFront(caller, outer, (gathered) => {
      clearTimeout(timer);
      resolve(gathered);
    });
    const timer = setTimeout(() => front.giveUp(), PATIENCE_MS);
    try {
      run(
        makeCall(doors.core, caller, front, message, memberHeaders(headers, caller)),
        doors.core,
        doors.dispatch,
      );
    } catch (thrown) {
      void recordRefusal(doors.core, toPortcullisError(thrown), caller, { surface: 'http' });
      front.end();
    }
  });
}

/** One server's side. Only the answer counts: what else a server says meanwhile belongs to no request of the client. */
class MemberFront implements Front {
  readonly surface = 'sse';
  readonly #caller: Caller;
  readonly #outer: Front;
  readonly #done: (gathered: Gathered) => void;
  readonly #gone: (() => void)[] = [];
  #status: number | undefined;
  #sessionId: string | undefined;
  #answer: Buffer | undefined;
  #ended = false;

  constructor(caller: Caller, outer: Front, done: (gathered: Gathered) => void) {
    this.#caller = caller;
    this.#outer = outer;
    this.#done = done;
  }

  giveUp(): void {
    for (const listener of this.#gone) listener();
    this.end();
  }

  head(head: AnswerHead): void {
    this.#status = head.status;
    this.#sessionId = head.sessionId;
  }

  message(bytes: Buffer): void {
    if (readAnswer(bytes).kind === 'response') this.#answer = bytes;
  }

  event(): void {}

  raw(): void {}

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const answer = this.#answer;
    const result = answer === undefined ? undefined : resultOf(answer);
    const nonsense =
      answer !== undefined && result === undefined && readAnswer(answer).errorCode === undefined;
    this.#done({
      caller: this.#caller,
      bytes: nonsense ? undefined : answer,
      result,
      sessionId: this.#sessionId,
      failed: result === undefined,
      status: nonsense ? 502 : (this.#status ?? 504),
    });
  }

  reply(status: number, bytes: Buffer | null): void {
    this.#status = status;
    this.#answer = bytes ?? undefined;
    this.end();
  }

  onGone(listener: () => void): () => void {
    this.#gone.push(listener);
    return this.#outer.onGone(listener);
  }

  ready(): boolean {
    return true;
  }
}

function resultOf(answer: Buffer): Gathered['result'] {
  try {
    const { result } = JSON.parse(answer.toString()) as { readonly result?: unknown };
    return isObject(result) ? result : undefined;
  } catch {
    return undefined;
  }
}
