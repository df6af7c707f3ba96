/** An event stream read line by line while it is open. */
import { request, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { createInterface } from 'node:readline';

export interface OpenStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Lines in order, blank ones and comments too; ends with the stream. */
  readonly lines: AsyncIterableIterator<string>;
  /** The next line that matches; rejects when the stream ends first. */
  until(pattern: RegExp): Promise<string>;
  /** The JSON of the next data line that holds a message. */
  message<T = unknown>(): Promise<T>;
  /** Hangs up. */
  close(): void;
  /** Resolves when the stream has ended, either way. */
  readonly ended: Promise<void>;
}

export interface StreamRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  /** Hangs up. */
  readonly signal?: AbortSignal;
}

/** Opens a stream; resolves as soon as the response head is there. */
export function sseLines(
  url: string,
  { method = 'GET', headers = {}, body, signal }: StreamRequest = {},
): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      headers: { accept: 'text/event-stream', ...headers },
      agent: false,
      ...(signal === undefined ? {} : { signal }),
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => resolve(open(response, () => outgoing.destroy())));
    outgoing.end(body);
  });
}

function open(response: IncomingMessage, hangUp: () => void): OpenStream {
  const ended = new Promise<void>((resolve) => response.once('close', resolve));
  response.on('error', () => {});
  const lines = createInterface({ input: response, crlfDelay: Infinity })[Symbol.asyncIterator]();
  const until = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const { done, value } = await lines.next();
      if (done === true) throw new Error(`the stream ended before a line matched ${String(pattern)}`);
      if (pattern.test(value)) return value;
    }
  };
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    lines,
    until,
    message: async <T>() => JSON.parse((await until(/^data:\s*\S/)).slice(5)) as T,
    close: hangUp,
    ended,
  };
}
