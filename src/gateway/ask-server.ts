/** Asks a server that is registered nowhere for all it lists, and stores nothing. It is stopped before this resolves. */
import {
  createAddressGuard,
  createUpstream,
  probe,
  type Probed,
  type UpstreamConfig,
} from '../upstreams/index.ts';
import type { Clock, Logger } from './core.ts';

export type ServerAnswer = Probed;
/** How a server that is registered nowhere is reached. */
export type ServerAddress = UpstreamConfig;

export interface AskParts {
  /** What error texts call it. */
  readonly name: string;
  /** ms for the whole conversation. */
  readonly timeoutMs: number;
  /** Stops the server and ends the conversation. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Private addresses are allowed: whoever asks names the server himself. @throws PC_UPSTREAM_*, PC_CONFIG_INVALID */
export async function askServer(config: ServerAddress, parts: AskParts): Promise<ServerAnswer> {
  const upstream = createUpstream(config, {
    name: parts.name,
    guard: createAddressGuard({ allowPrivate: true }),
    logger: parts.logger,
    clock: () => parts.clock.now(),
  });
  const stop = (): void => void upstream.stop();
  parts.signal.addEventListener('abort', stop, { once: true });
  try {
    return await probe(upstream, { timeoutMs: parts.timeoutMs, everything: true });
  } finally {
    parts.signal.removeEventListener('abort', stop);
    await upstream.stop();
  }
}
