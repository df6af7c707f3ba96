/** Streamable HTTP (MCP specification, basic/transports): one POST a message, GET for the server's stream, DELETE to end a session. */
import type {
  AnswerSink,
  Flow,
  Outbound,
  Upstream,
  UpstreamContext,
  UpstreamLimits,
  UpstreamSession,
} from '../types.ts';
import { HttpOrigin } from './http-origin.ts';
import { parseServerUrl } from './server-url.ts';

const BOTH = 'application/json, text/event-stream';
const STREAM = 'text/event-stream';
/** The method of the modern era whose answer stays open like a GET stream. */
const LISTEN_METHOD = 'subscriptions/listen';

/** @throws PortcullisError PC_CONFIG_INVALID */
export function createHttpUpstream(
  config: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  context: UpstreamContext,
  limits: UpstreamLimits,
): Upstream {
  const url = parseServerUrl(context.name, config.url);
  const origin = new HttpOrigin(url.origin, config.headers, context, limits);
  const session = new HttpSession(origin, url.pathname + url.search);
  return {
    name: context.name,
    transport: 'http',
    ownSessions: true,
    open: () => session,
    stop: () => origin.stop(),
  };
}

/** Shared by every client: all state is in the headers. */
class HttpSession implements UpstreamSession {
  readonly closed = new Promise<never>(() => {});
  readonly #origin: HttpOrigin;
  readonly #path: string;

  constructor(origin: HttpOrigin, path: string) {
    this.#origin = origin;
    this.#path = path;
  }

  send({ message, bytes, headers, sessionId }: Outbound, sink: AnswerSink): Flow {
    const stream = message.kind === 'request' && message.method === LISTEN_METHOD;
    const request = {
      method: 'POST',
      path: this.#path,
      body: bytes,
      headers,
      accept: BOTH,
      sessionId,
      stream,
    } as const;
    return this.#origin.request(request, sink);
  }

  listen(headers: Readonly<Record<string, string>>, sessionId: string | undefined, sink: AnswerSink): Flow {
    const request = {
      method: 'GET',
      path: this.#path,
      body: null,
      headers,
      accept: STREAM,
      sessionId,
      stream: true,
    } as const;
    return this.#origin.request(request, sink);
  }

  terminate(
    headers: Readonly<Record<string, string>>,
    sessionId: string | undefined,
    sink: AnswerSink,
  ): void {
    const request = {
      method: 'DELETE',
      path: this.#path,
      body: null,
      headers,
      accept: BOTH,
      sessionId,
      stream: false,
    } as const;
    this.#origin.request(request, sink);
  }

  close(): void {}
}
