/** One request exactly as a case wants it: path, Host and method as they are, and an answer read even when the server stops listening first. */
import { request, type OutgoingHttpHeaders } from 'node:http';

export interface Sent {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Every JSON-RPC message of the answer, in a body or in an event stream. */
  readonly messages: readonly AnswerMessage[];
}

export interface AnswerMessage {
  readonly error?: { readonly code: number };
  readonly result?: { readonly isError?: boolean };
}

export function send({ origin, path, method, headers, body }: Sent): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      hostname,
      port,
      path,
      method,
      headers: { 'content-length': body.length, ...headers },
      agent: false,
      signal: AbortSignal.timeout(20_000),
    });
    let answered = false;
    // A server may answer before it has read everything; then the rest of our body breaks off, and only the answer counts.
    outgoing.on('error', (error) => answered || reject(error));
    outgoing.on('response', (response) => {
      answered = true;
      let text = '';
      const end = (): void => resolve({ status: response.statusCode ?? 0, text, messages: messagesOf(text) });
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', end).on('error', end);
    });
    outgoing.end(body);
  });
}

export function isRefusal({ status, messages }: Answer): boolean {
  return (
    (status >= 400 && status < 500) ||
    messages.some(({ error, result }) => error !== undefined || result?.isError === true)
  );
}

function messagesOf(text: string): AnswerMessage[] {
  const data = [...text.matchAll(/^data: ?(.+)$/gm)].map(([, line]) => line ?? '');
  return (data.length > 0 ? data : [text]).flatMap((piece) => {
    try {
      const value: unknown = JSON.parse(piece);
      const all: unknown[] = Array.isArray(value) ? value : [value];
      return all.filter((item): item is AnswerMessage => typeof item === 'object' && item !== null);
    } catch {
      return [];
    }
  });
}
