/** One request outside of any session: checked addresses only, bounded in size and time, no redirects followed. */
import type { Dispatcher } from 'undici';
import { PortcullisError } from '../../errors.ts';
import type { AddressGuard } from '../address/address-guard.ts';
import { connectFailure, strange } from '../failures.ts';
import { createConnector } from './connector.ts';

export interface OneRequest {
  readonly method?: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | null;
  readonly maxBytes: number;
  /** For the whole exchange. */
  readonly timeoutMs: number;
}

export interface OneAnswer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: Buffer;
}

/** @throws PC_UPSTREAM_* when nothing answers in time, or more than `maxBytes` */
export async function requestOnce(
  url: URL,
  guard: AddressGuard,
  { method = 'GET', headers, body = null, maxBytes, timeoutMs }: OneRequest,
): Promise<OneAnswer> {
  const { Agent, request } = await import('undici');
  const agent = new Agent({ connect: createConnector(guard, timeoutMs), pipelining: 1 });
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await request(url, { dispatcher: agent, method, headers, body, signal });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) throw strange(url.host, `more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new PortcullisError('PC_UPSTREAM_TIMEOUT', { server: url.host, seconds: timeoutMs / 1000 });
    throw connectFailure(url.host, error);
  } finally {
    await agent.destroy();
  }
}
