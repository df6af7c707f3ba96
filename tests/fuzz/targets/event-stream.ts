/** Event streams and lines: in whatever pieces they come, the same events come out, and the bytes of the events are the stream. */
import { classifyLine, encodeEvent, LineReader, SseParser, type SseEvent } from '../../../src/wire/index.ts';
import type { Target } from '../target.ts';
import { onlyKnownErrors } from './only-known-errors.ts';

export const eventStream: Target = {
  name: 'event-stream',
  sources: /\/src\/wire\/(sse|lines)/,
  seeds: [
    'id: 1\nevent: message\ndata: {"jsonrpc":"2.0"}\n\n',
    ': comment\r\n\r\ndata: a\r\ndata: b\r\n\r\nretry: 100\r\n\r\n',
    'data:x\r\rid\r\r',
    '\ufeffdata: x\n\ndata\n\n',
  ],
  tokens: [
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    'data:',
    'data: ',
    'id:',
    'event:',
    'retry:',
    ':',
    '\0',
    '\ufeff',
    '{"jsonrpc"',
    ' ',
    '\t',
  ],
  check: (input) => {
    const whole = split(input, input.length);
    for (const size of [1, 2, 3, 7]) {
      const pieces = split(input, size);
      if (fields(pieces.events) !== fields(whole.events))
        throw new Error(`pieces of ${size} bytes make other events`);
      if (lines(input, size) !== lines(input, input.length))
        throw new Error(`pieces of ${size} bytes make other lines`);
    }
    const raw = Buffer.concat([...whole.events.map((event) => event.raw), whole.tail]);
    if (!raw.equals(input)) throw new Error('the bytes of the events are not the stream');
    for (const event of whole.events) {
      if (event.data === undefined || event.comment) continue;
      const data = Buffer.from(event.data);
      const { events } = split(encodeEvent({ ...event, data }), 1 << 20);
      if (fields(events) !== fields([event]))
        throw new Error('an event that is written anew reads otherwise');
    }
  },
};

function split(input: Buffer, size: number): { readonly events: SseEvent[]; readonly tail: Buffer } {
  const parser = new SseParser();
  const events: SseEvent[] = [];
  for (let at = 0; at < input.length; at += size) {
    const read = onlyKnownErrors(() => parser.push(input.subarray(at, at + size)));
    if ('code' in read) throw new Error(`a short stream was refused: ${read.code}`);
    events.push(...read.value);
  }
  return { events, tail: parser.tail };
}

const fields = (events: readonly SseEvent[]): string =>
  JSON.stringify(
    events.map(({ type, data, id, retry, comment }) => [type, data?.toString(), id, retry, comment]),
  );

function lines(input: Buffer, size: number): string {
  const reader = new LineReader();
  const all: Buffer[] = [];
  for (let at = 0; at < input.length; at += size) all.push(...reader.push(input.subarray(at, at + size)));
  all.push(...reader.end());
  return all.map((line) => `${classifyLine(line)} ${line.toString('hex')}`).join('\n');
}
