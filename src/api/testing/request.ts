/** A plain HTTP request with a JSON body, or with the bytes given. */
import type { IncomingHttpHeaders } from 'node:http';
import { rawRequest } from '../../../tests/kit/raw-http.ts';

export interface Answer<Body = never> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** What the test expects to be there; `{}` for an answer that is not JSON. */
  readonly body: Body;
}

export async function request<Body = Record<string, unknown>>(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Body>> {
  const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const own =
    bytes === undefined ? {} : { 'content-type': 'application/json', 'content-length': bytes.length };
  const answer = await rawRequest(url, {
    method,
    headers: { ...own, ...headers },
    ...(bytes === undefined ? {} : { body: bytes }),
  });
  const isJson = /json/.test(answer.headers['content-type'] ?? '');
  return { ...answer, body: isJson ? answer.json<Body>() : ({} as Body) };
}
