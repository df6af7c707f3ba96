/** What the OAuth library sends requests with: checked addresses only, bounded in size and time, no redirects, no caches. */
import type { Dispatcher } from 'undici';
import type { AddressGuard } from '../address/address-guard.ts';
import { strange } from '../failures.ts';
import { requestOnce } from '../http/request-once.ts';
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

/**
 * @param near the server's own URL
 * @returns a fetch that throws PC_UPSTREAM_* for what cannot be reached, is not secure, redirects, or is too large or slow
 */
export function guardedFetch(server: string, near: string, guard: AddressGuard): GuardedFetch {
  return async (address, { method = 'GET', headers = {}, body } = {}) => {
    const url = secureUrl(server, address, 'an address of its authorization', near);
    const answer = await requestOnce(url, guard, {
      method: method as Dispatcher.HttpMethod,
      headers: { 'user-agent': 'portcullis', ...headers },
      body: body === undefined || body === null ? null : String(body as string | URLSearchParams),
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
    });
    const { status } = answer;
    if (status >= 300 && status < 400) throw strange(url.host, `HTTP ${status}; redirects are not followed`);
    const bytes = WITHOUT_BODY.has(status) ? null : new Uint8Array(answer.body);
    return new Response(bytes, { status, headers: flat(answer.headers) });
  };
}

function flat(headers: Dispatcher.ResponseData['headers']): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
}
