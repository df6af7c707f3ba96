/** What the OAuth library sends requests with: checked addresses only, bounded in size and time, no redirects, no caches. */
import type { Dispatcher } from 'undici';
import { PortcullisError } from '../../errors.ts';
import type { AddressGuard } from '../address/address-guard.ts';
import { connectFailure, strange } from '../failures.ts';
import { createConnector } from '../http/connector.ts';
import { secureUrl } from './secure-url.ts';

const MAX_BYTES = 256 * 1024;
const TIMEOUT_MS = 10_000;
/** Statuses whose responses have no body (Fetch standard). */
const WITHOUT_BODY = new Set([204, 205, 304]);

export interface FetchInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type GuardedFetch = (url: string, init?: FetchInit) => Promise<Response>;

/** @returns a fetch that throws PC_UPSTREAM_* for what cannot be reached, is not secure, redirects, or is too large or slow */
export function guardedFetch(server: string, guard: AddressGuard): GuardedFetch {
  return async (address, { method = 'GET', headers = {}, body } = {}) => {
    const url = secureUrl(server, address, 'an address of its authorization');
    const { Agent, request } = await import('undici');
    const agent = new Agent({ connect: createConnector(guard, TIMEOUT_MS), pipelining: 1 });
    try {
      const answer = await request(url, {
        dispatcher: agent,
        method: method as Dispatcher.HttpMethod,
        headers: { 'user-agent': 'portcullis', ...headers },
        body: body === undefined || body === null ? null : String(body as string | URLSearchParams),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.statusCode >= 300 && answer.statusCode < 400)
        throw strange(url.host, `HTTP ${answer.statusCode}; redirects are not followed`);
      const bytes = await bodyOf(url.host, answer);
      return new Response(bytes === null ? null : new Uint8Array(bytes), {
        status: answer.statusCode,
        headers: flat(answer.headers),
      });
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError')
        throw new PortcullisError('PC_UPSTREAM_TIMEOUT', { server: url.host, seconds: TIMEOUT_MS / 1000 });
      throw connectFailure(url.host, error);
    } finally {
      await agent.destroy();
    }
  };
}

async function bodyOf(host: string, { body, statusCode }: Dispatcher.ResponseData): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) throw strange(host, `more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return WITHOUT_BODY.has(statusCode) ? null : Buffer.concat(chunks);
}

function flat(headers: Dispatcher.ResponseData['headers']): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
}
