/**
 * Posts to addresses that owners give (webhooks, chat channels), under the same rules as servers: only addresses that may be
 * dialled, no redirects, a time limit, and nothing of the answer but its status.
 */
import type { Agent } from 'undici';
import type { AddressGuard } from '../address/address-guard.ts';
import { createConnector } from './connector.ts';

export interface Poster {
  /** Resolves with the HTTP status. Rejects when nothing answered in time or the address may not be dialled. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 15_000;

export function createPoster(guard: AddressGuard): Poster {
  let agent: Agent | undefined;
  return {
    async post(url, headers, body) {
      const undici = await import('undici');
      agent ??= new undici.Agent({
        connect: createConnector(guard, TIMEOUT_MS),
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
        maxResponseSize: 1_000_000,
      });
      const { statusCode, body: answer } = await undici.request(url, {
        dispatcher: agent,
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.dump({ limit: 1_000_000 });
      return statusCode;
    },
    close: async () => agent?.destroy(),
  };
}
