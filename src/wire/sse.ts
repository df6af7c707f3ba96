/**
 * text/event-stream, read from bytes in any chunking (WHATWG HTML, server-sent events). The raw bytes of the events, one
 * after another, are the stream. An event is given out as soon as it is known to be whole.
 */
import { PortcullisError } from '../errors.ts';
import { GatheredBytes } from './gathered-bytes.ts';
import { readEvent } from './sse-event.ts';
import type { SseEvent } from './types.ts';

const LF = 0x0a;
const CR = 0x0d;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

export class SseParser {
  readonly #maxBytes: number;
  /** Bytes of the event that has not ended yet. */
  readonly #parts = new GatheredBytes();
  #lineHasBytes = false;
  /** After a CR that an LF may follow; with `#endPending`, that line end also ends the event. */
  #afterCr = false;
  #endPending = false;
  /** The last line of this event ended in a CR alone, so the stream has such line ends and need not be waited for. */
  #bareCr = false;
  #first = true;

  /** @param maxEventBytes largest event; default 64 MiB */
  constructor(maxEventBytes = DEFAULT_MAX_BYTES) {
    this.#maxBytes = maxEventBytes;
  }

  /** Bytes of an event that has not ended yet. */
  get tail(): Buffer {
    return this.#parts.bytes();
  }

  /** The events that end in this chunk. @throws PC_UPSTREAM_PROTOCOL */
  push(chunk: Buffer): SseEvent[] {
    const events: SseEvent[] = [];
    let start = 0;
    let at = 0;
    let lf = chunk.indexOf(LF);
    let cr = chunk.indexOf(CR);
    const emit = (end: number): void => {
      events.push(this.#take(chunk.subarray(start, end)));
      start = end;
    };
    while (at < chunk.length) {
      if (this.#afterCr) {
        this.#afterCr = false;
        this.#bareCr = chunk[at] !== LF;
        if (!this.#bareCr) at += 1;
        if (this.#endPending) emit(at);
        this.#endPending = false;
        continue;
      }
      if (lf !== -1 && lf < at) lf = chunk.indexOf(LF, at);
      if (cr !== -1 && cr < at) cr = chunk.indexOf(CR, at);
      const lineEnd = lf === -1 ? cr : cr === -1 ? lf : Math.min(lf, cr);
      if (lineEnd === -1) {
        this.#lineHasBytes = true;
        break;
      }
      const empty = !this.#lineHasBytes && lineEnd === at;
      this.#lineHasBytes = false;
      at = lineEnd + 1;
      if (empty && (lineEnd === lf || this.#bareCr)) {
        // After CR CR an LF would belong to the second CR; it then opens the raw bytes of the next event.
        this.#afterCr = lineEnd === cr;
        emit(at);
      } else if (lineEnd === cr) {
        this.#afterCr = true;
        this.#endPending = empty;
      } else this.#bareCr = false;
    }
    this.#keep(chunk.subarray(start));
    return events;
  }

  /** The stream is over: an event that only waited for the second half of its last line end. What `tail` holds after this was cut off. */
  end(): SseEvent[] {
    if (!this.#endPending) return [];
    this.#endPending = false;
    this.#afterCr = false;
    return [this.#take(Buffer.alloc(0))];
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    if (this.#parts.length + part.length > this.#maxBytes) {
      throw new PortcullisError('PC_UPSTREAM_PROTOCOL', {
        server: '',
        detail: `an event is larger than ${this.#maxBytes} bytes`,
      });
    }
    this.#parts.add(part);
  }

  #take(last: Buffer): SseEvent {
    this.#keep(last);
    const raw = this.#parts.bytes();
    this.#parts.clear();
    this.#bareCr = false;
    const isFirst = this.#first;
    this.#first = false;
    return readEvent(raw, isFirst);
  }
}
