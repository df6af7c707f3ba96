/** What an upstream may take at most, unless the context says otherwise. */
import type { UpstreamConfig, UpstreamLimits } from './types.ts';

export function upstreamLimits(config: UpstreamConfig, given: Partial<UpstreamLimits> = {}): UpstreamLimits {
  return {
    connectTimeoutMs: 5000,
    headTimeoutMs: 0,
    maxMessageBytes: 64 * 1024 * 1024,
    maxSessions: config.transport === 'stdio' ? 64 : 1000,
    ...given,
  };
}
