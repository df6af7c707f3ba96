/** One document over HTTP: no redirects, no credentials, bounded in size and time, checked addresses only. */
import { PortcullisError } from '../../errors.ts';
import type { AddressGuard } from '../address/address-guard.ts';
import { connectFailure, strange } from '../failures.ts';
import { createConnector } from './connector.ts';
import { parseServerUrl } from './server-url.ts';

export interface FetchOptions {
  readonly guard: AddressGuard;
  readonly maxBytes: number;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  readonly accept: string;
}

/** @throws PC_CONFIG_INVALID for the URL, PC_UPSTREAM_* for everything that is not a 200 of at most `maxBytes` */
export async function fetchDocument(address: string, options: FetchOptions): Promise<Buffer> {
  const url = parseServerUrl('the catalogue imports from', address);
  const { guard, maxBytes, timeoutMs, accept } = options;
  const { Agent, request } = await import('undici');
  const agent = new Agent({ connect: createConnector(guard, timeoutMs), pipelining: 1 });
  try {
    const { statusCode, body } = await request(url, {
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept, 'user-agent': 'portcullis-catalog' },
    });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) throw strange(url.host, `more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    if (statusCode !== 200) throw strange(url.host, `HTTP ${statusCode}`);
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new PortcullisError('PC_UPSTREAM_TIMEOUT', { server: url.host, seconds: timeoutMs / 1000 });
    throw connectFailure(url.host, error);
  } finally {
    await agent.destroy();
  }
}
