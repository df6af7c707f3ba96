/**
 * A stream of a server's own messages on behalf of a client that cannot ask for it again itself. One that ends is opened anew
 * from its last event on, as clients of Streamable HTTP do (MCP 2025-11-25, basic/transports, resumability); a server
 * that cannot be reached is asked less and less often.
 */
import type { AnswerSink, Flow } from '../upstreams/index.ts';
import type { AnswerEnvelope, SseEvent } from '../wire/index.ts';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export interface StreamPlace {
  readonly lastEventId: string | undefined;
  /** Ms, as the server asks for. */
  readonly retry: number | undefined;
}

export interface Following {
  open(lastEventId: string | undefined, sink: AnswerSink): Flow;
  /** @param flow what the message came with */
  message(bytes: Buffer, envelope: AnswerEnvelope, flow: Flow): void;
  /** Asked after each message, and when a stream has ended. */
  wanted(): boolean;
  /** It is not wanted, the server has no such stream, or it cannot be reached any more. */
  over(): void;
  /** How often in a row it may fail; default: always. */
  readonly failures?: number;
}

export class FollowedStream {
  readonly #following: Following;
  #lastEventId: string | undefined;
  #retry: number | undefined;
  #flow: Flow | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;

  /** Opens the stream at once, or goes on from `place`. */
  constructor(following: Following, place?: StreamPlace) {
    this.#following = following;
    this.#lastEventId = place?.lastEventId;
    this.#retry = place?.retry;
    if (place === undefined) this.#open();
    else this.#later();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#flow?.cancel();
  }

  #open(): void {
    let opened = false;
    const again = (): void => this.#later(1);
    const flow = this.#following.open(this.#lastEventId, {
      head: ({ kind, status }) => {
        opened = kind === 'sse' && status === 200;
        if (opened) return;
        flow.cancel();
        if (status >= 500) again();
        else this.#following.over();
      },
      message: (bytes, envelope, event) => {
        this.#note(event);
        this.#following.message(bytes, envelope, flow);
        if (this.#following.wanted()) return;
        flow.cancel();
        this.#following.over();
      },
      event: (event) => this.#note(event),
      raw() {},
      end: () => {
        if (opened) this.#later();
        else this.#following.over();
      },
      fail: again,
    });
    this.#flow = flow;
  }

  #note(event: SseEvent | undefined): void {
    this.#failures = 0;
    this.#lastEventId = event?.id ?? this.#lastEventId;
    this.#retry = event?.retry ?? this.#retry;
  }

  /** @param failures 0: it was open, and brought what it brought */
  #later(failures = 0): void {
    const { wanted, over, failures: most = Infinity } = this.#following;
    this.#failures += failures;
    if (!wanted() || this.#failures > most) return over();
    const wait = (this.#retry ?? FIRST_WAIT_MS) * 2 ** this.#failures;
    this.#timer = setTimeout(() => this.#open(), Math.min(wait, LONGEST_WAIT_MS));
    this.#timer.unref();
  }
}
