/** HTTP exactly as written: no header is added but those HTTP/1.1 itself needs, no connection is shared, no redirect followed. */
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  /** The body; for an event stream the data of its last message. */
  readonly data: string;
  /** `data` as JSON. */
  json<T = unknown>(): T;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  /** Milliseconds for the whole exchange; default 30 s. */
  readonly timeoutMs?: number;
}

export const MCP_HEADERS = {
  accept: 'application/json, text/event-stream',
  'content-type': 'application/json',
} as const;

export function rawRequest(
  url: string,
  { method = 'GET', headers = {}, body, timeoutMs = 30_000 }: RawRequest = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false, signal: AbortSignal.timeout(timeoutMs) });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () =>
        resolve(answer(response.statusCode ?? 0, response.headers, Buffer.concat(pieces))),
      );
    });
    outgoing.end(body);
  });
}

/** POSTs bytes as they are. The headers are those given, over the ones every MCP client sends. */
export function rawPost(
  url: string,
  bytes: string | Uint8Array,
  headers: OutgoingHttpHeaders = {},
  timeoutMs?: number,
): Promise<RawAnswer> {
  return rawRequest(url, {
    method: 'POST',
    headers: { ...MCP_HEADERS, ...headers },
    body: bytes,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

function answer(status: number, headers: IncomingHttpHeaders, body: Buffer): RawAnswer {
  const text = body.toString('utf8');
  const stream = headers['content-type']?.startsWith('text/event-stream') === true;
  const data = stream ? lastData(text) : text;
  return { status, headers, body, text, data, json: <T>() => JSON.parse(data) as T };
}

function lastData(text: string): string {
  const events = text.split(/\r?\n\r?\n/).map((event) =>
    event
      .split(/\r?\n/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5).replace(/^ /, ''))
      .join('\n'),
  );
  return events.findLast((data) => data !== '') ?? '';
}
