/** One event of an event stream, from its bytes and to bytes. */
import type { SseEvent } from './types.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const LINE_FEED = Buffer.of(LF);
const NO_BYTES = Buffer.alloc(0);
const [DATA, EVENT, ID, RETRY] = ['data', 'event', 'id', 'retry'].map((name) => Buffer.from(name)) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
];

/** @param isFirst the stream starts with this event: a byte order mark is not part of it */
export function readEvent(raw: Buffer, isFirst: boolean): SseEvent {
  const isMarked = isFirst && raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf;
  let type = 'message';
  let data: Buffer[] | undefined;
  let id: string | undefined;
  let retry: number | undefined;
  let comment = true;
  let at = isMarked ? 3 : 0;
  let lf = raw.indexOf(LF);
  let cr = raw.indexOf(CR);
  while (at < raw.length) {
    // LF, CR and CRLF end a line; searching for each once keeps long lines cheap.
    if (lf !== -1 && lf < at) lf = raw.indexOf(LF, at);
    if (cr !== -1 && cr < at) cr = raw.indexOf(CR, at);
    const found = lf === -1 ? cr : cr === -1 ? lf : Math.min(lf, cr);
    const end = found === -1 ? raw.length : found;
    if (end > at && raw[at] !== COLON) {
      comment = false;
      if (isField(raw, at, end, DATA)) (data ??= []).push(raw.subarray(valueAt(raw, at, end, DATA), end));
      else if (isField(raw, at, end, EVENT)) type = textOf(raw, at, end, EVENT) || 'message';
      else if (isField(raw, at, end, ID)) {
        const value = textOf(raw, at, end, ID);
        if (!value.includes('\0')) id = value;
      } else if (isField(raw, at, end, RETRY)) {
        const value = textOf(raw, at, end, RETRY);
        if (/^\d{1,15}$/.test(value)) retry = Number(value);
      }
    }
    at = end === cr && lf === end + 1 ? end + 2 : end + 1;
  }
  return { raw, type, data: data === undefined ? undefined : joined(data), id, retry, comment };
}

/** Whether the line from `at` to `end` has this field: its name stands alone, or before a colon. */
function isField(raw: Buffer, at: number, end: number, name: Buffer): boolean {
  const after = at + name.length;
  if (after > end || (after < end && raw[after] !== COLON)) return false;
  for (let place = 0; place < name.length; place += 1) if (raw[at + place] !== name[place]) return false;
  return true;
}

/** Where the value of a field begins: after the colon, and one space. */
function valueAt(raw: Buffer, at: number, end: number, name: Buffer): number {
  const start = at + name.length + 1;
  return Math.min(end, start < end && raw[start] === SPACE ? start + 1 : start);
}

function textOf(raw: Buffer, at: number, end: number, name: Buffer): string {
  return raw.toString('utf8', valueAt(raw, at, end, name), end);
}

function joined(lines: readonly Buffer[]): Buffer {
  return lines.length === 1
    ? lines[0]!
    : Buffer.concat(lines.flatMap((line) => [line, LINE_FEED])).subarray(0, -1);
}

export interface EventFields {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly retry?: number | undefined;
  readonly data: Buffer | string;
}

const LINE_END = /\r\n|\r|\n/;
const LINE_BREAK = /[\r\n]/;
/** Readers take no notice of an id that holds NUL; a type may hold it. */
const LINE_BREAK_OR_NUL = /[\r\n\0]/;

/** One event. Data that holds line breaks becomes several data lines. @throws RangeError when type or id would break out of its line */
export function encodeEvent({ type, id, retry, data }: EventFields): Buffer {
  let text = '';
  if (type !== undefined) text += `event: ${fit(type, LINE_BREAK)}\n`;
  if (id !== undefined) text += `id: ${fit(id, LINE_BREAK_OR_NUL)}\n`;
  if (retry !== undefined) text += `retry: ${retry}\n`;
  for (const line of data.toString().split(LINE_END)) text += `data: ${line}\n`;
  return Buffer.from(`${text}\n`);
}

/** The event of a message that was changed: its bytes are no longer what is sent, so it is encoded anew. */
export function withoutBytes(event: SseEvent | undefined): SseEvent | undefined {
  return event === undefined ? undefined : { ...event, raw: NO_BYTES };
}

/** A comment, which no client sees as an event. */
export function comment(text: string): Buffer {
  return Buffer.from(`: ${text.split(LINE_END).join('\n: ')}\n\n`);
}

function fit(value: string, unfit: RegExp): string {
  if (unfit.test(value)) throw new RangeError('an event type or id holds what would end it');
  return value;
}
