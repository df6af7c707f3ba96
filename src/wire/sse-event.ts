/** One event of an event stream, from its bytes and to bytes. */
import type { SseEvent } from './types.ts';

/** @param isFirst the stream starts with this event: a byte order mark is not part of it */
export function readEvent(raw: Buffer, isFirst: boolean): SseEvent {
  const isMarked = isFirst && raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf;
  const text = raw.toString('utf8', isMarked ? 3 : 0);
  let type = 'message';
  let data: string[] | undefined;
  let id: string | undefined;
  let retry: number | undefined;
  let comment = true;
  for (const line of linesOf(text)) {
    if (line === '' || line.startsWith(':')) continue;
    comment = false;
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const rest = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') type = rest === '' ? 'message' : rest;
    else if (field === 'data') (data ??= []).push(rest);
    else if (field === 'id' && !rest.includes('\0')) id = rest;
    else if (field === 'retry' && /^\d{1,15}$/.test(rest)) retry = Number(rest);
  }
  return { raw, type, data: data?.join('\n'), id, retry, comment };
}

/** LF, CR and CRLF end a line; searching for each once keeps long lines cheap. */
function* linesOf(text: string): Generator<string> {
  let at = 0;
  let lf = text.indexOf('\n');
  let cr = text.indexOf('\r');
  while (at < text.length) {
    if (lf !== -1 && lf < at) lf = text.indexOf('\n', at);
    if (cr !== -1 && cr < at) cr = text.indexOf('\r', at);
    const found = lf === -1 ? cr : cr === -1 ? lf : Math.min(lf, cr);
    const end = found === -1 ? text.length : found;
    yield text.slice(at, end);
    at = end === cr && lf === end + 1 ? end + 2 : end + 1;
  }
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

/** A comment, which no client sees as an event. */
export function comment(text: string): Buffer {
  return Buffer.from(`: ${text.split(LINE_END).join('\n: ')}\n\n`);
}

function fit(value: string, unfit: RegExp): string {
  if (unfit.test(value)) throw new RangeError('an event type or id holds what would end it');
  return value;
}
