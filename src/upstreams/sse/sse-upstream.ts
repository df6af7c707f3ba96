/** Legacy HTTP+SSE servers (MCP 2024-11-05), one event stream for each client session. */
import { HttpOrigin } from '../http/http-origin.ts';
import { parseServerUrl } from '../http/server-url.ts';
import { OpenSessions } from '../line/sessions-open.ts';
import type { Upstream, UpstreamContext, UpstreamLimits } from '../types.ts';
import { SseSession } from './sse-session.ts';

/** @throws PortcullisError PC_CONFIG_INVALID */
export function createSseUpstream(
  config: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  context: UpstreamContext,
  limits: UpstreamLimits,
): Upstream {
  const url = parseServerUrl(context.name, config.url);
  const origin = new HttpOrigin(url.origin, config.headers, context, limits);
  const sessions = new OpenSessions(context.name, limits.maxSessions);
  const parts = { server: context.name, url, origin, logger: context.logger };
  return {
    name: context.name,
    transport: 'sse',
    ownSessions: false,
    open: (key) => sessions.open(key, () => new SseSession(parts)),
    isFull: () => sessions.isFull(),
    async stop() {
      await sessions.stop();
      await origin.stop();
    },
  };
}
