/** One document over HTTP: no credentials, and what `requestOnce` holds to. */
import type { AddressGuard } from '../address/address-guard.ts';
import { strange } from '../failures.ts';
import { requestOnce } from './request-once.ts';
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
  const headers = { accept, 'user-agent': 'portcullis-catalog' };
  const { status, body } = await requestOnce(url, guard, { headers, maxBytes, timeoutMs });
  if (status !== 200) throw strange(url.host, `HTTP ${status}`);
  return body;
}
