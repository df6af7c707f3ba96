/** The upstream of a registered server, whatever its transport. Nothing is connected or started before the first use. */
import { createHttpUpstream } from './http/http-upstream.ts';
import { upstreamLimits } from './limits.ts';
import { createSseUpstream } from './sse/sse-upstream.ts';
import { createStdioUpstream } from './stdio/stdio-upstream.ts';
import type { Upstream, UpstreamConfig, UpstreamContext } from './types.ts';

/** @throws PortcullisError PC_CONFIG_INVALID for a URL, header or command that cannot be used. */
export function createUpstream(config: UpstreamConfig, context: UpstreamContext): Upstream {
  const limits = upstreamLimits(config, context.limits);
  if (config.transport === 'stdio') return createStdioUpstream(config, context, limits);
  return config.transport === 'http'
    ? createHttpUpstream(config, context, limits)
    : createSseUpstream(config, context, limits);
}
