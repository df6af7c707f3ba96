/** text/event-stream, read from bytes in any chunking and written back byte for byte (WHATWG HTML, server-sent events). */
import { PortcullisError } from '../errors.ts';
import type { SseEvent } from './types.ts';

const LF = 0x0a;
const CR = 0x0d;
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

export class SseParser {
  readonly #maxBytes: number;
  /** Bytes of the event that has not ended yet, as they came: joined once, when it ends. */
  #parts: Buffer[] = [];
  #length = 0;
  /** Where the reader stands: inside a line, or after a CR that may be half of a CRLF, or of one that ends the event. */
  #lineHasBytes = false;
  #afterCr = false;
  #endPending = false;
  #first = true;

  /** @param maxEventBytes largest event; default 64 MiB */
  constructor(maxEventBytes = DEFAULT_MAX_BYTES) {
    this.#maxBytes = maxEventBytes;
  }

  /** Bytes of an event that has not ended yet. */
  get tail(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** The events that end in this chunk. Their raw bytes, one after another, are the stream. @throws PC_UPSTREAM_PROTOCOL */
  push(chunk: Buffer): SseEvent[] {
    const events: SseEvent[] = [];
    let start = 0;
    let at = 0;
    let cr = chunk.indexOf(CR);
    const emit = (end: number): void => {
      events.push(this.#event(this.#take(chunk.subarray(start, end))));
      start = end;
    };
    while (at < chunk.length) {
      if (this.#afterCr) {
        this.#afterCr = false;
        if (chunk[at] === LF) at += 1;
        if (this.#endPending) emit(at);
        this.#endPending = false;
        continue;
      }
      if (cr !== -1 && cr < at) cr = chunk.indexOf(CR, at);
      const lf = chunk.indexOf(LF, at);
      const lineEnd = lf === -1 ? cr : cr === -1 ? lf : Math.min(lf, cr);
      if (lineEnd === -1) {
        this.#lineHasBytes = true;
        break;
      }
      const empty = !this.#lineHasBytes && lineEnd === at;
      this.#lineHasBytes = false;
      at = lineEnd + 1;
      if (lineEnd === cr) {
        this.#afterCr = true;
        this.#endPending = empty;
      } else if (empty) emit(at);
    }
    this.#keep(chunk.subarray(start));
    return events;
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length > this.#maxBytes) {
      throw new PortcullisError('PC_UPSTREAM_PROTOCOL', {
        server: '',
        detail: `an event is larger than ${this.#maxBytes} bytes`,
      });
    }
    this.#parts.push(part);
  }

  #take(last: Buffer): Buffer {
    const raw = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#length = 0;
    return raw;
  }

  #event(raw: Buffer): SseEvent {
    const marked = this.#first && raw.subarray(0, 3).equals(MARK);
    this.#first = false;
    let type = 'message';
    let data: string[] | undefined;
    let id: string | undefined;
    let retry: number | undefined;
    let comment = true;
    for (const line of raw.toString('utf8', marked ? 3 : 0).split(/\r\n|\r|\n/)) {
      if (line === '' || line.startsWith(':')) continue;
      comment = false;
      const colon = line.indexOf(':');
      const field = colon === -1 ? line : line.slice(0, colon);
      const rest = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
      if (field === 'event') type = rest === '' ? 'message' : rest;
      else if (field === 'data') (data ??= []).push(rest);
      else if (field === 'id' && !rest.includes('\0')) id = rest;
      else if (field === 'retry' && /^\d+$/.test(rest)) retry = Number(rest);
    }
    return { raw, type, data: data?.join('\n'), id, retry, comment };
  }
}

export interface EventFields {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly retry?: number | undefined;
  readonly data: Buffer | string;
}

/** One event. Data that holds line breaks becomes several data lines. */
export function encodeEvent({ type, id, retry, data }: EventFields): Buffer {
  const lines: string[] = [];
  if (type !== undefined) lines.push(`event: ${type}`);
  if (id !== undefined) lines.push(`id: ${id}`);
  if (retry !== undefined) lines.push(`retry: ${retry}`);
  for (const line of data.toString().split(/\r\n|\r|\n/)) lines.push(`data: ${line}`);
  return Buffer.from(`${lines.join('\n')}\n\n`);
}

/** A comment, which no client sees as an event. */
export function comment(text: string): Buffer {
  return Buffer.from(`: ${text}\n\n`);
}
