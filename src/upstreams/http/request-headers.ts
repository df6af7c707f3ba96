/**
 * Request headers towards an upstream: the protocol's own, the client headers that may pass, and the headers that the
 * server is registered with. A client's credentials are not on any of these lists.
 */
import { PortcullisError } from '../../errors.ts';

const PASSED_ON = new Set([
  'accept',
  'mcp-protocol-version',
  'mcp-method',
  'mcp-name',
  'last-event-id',
  'traceparent',
  'tracestate',
]);
const PARAMETER = 'mcp-param-';

const PROTOCOL_OWNED = new Set([
  'accept',
  'accept-encoding',
  'content-encoding',
  'content-length',
  'content-type',
  'connection',
  'date',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** Client headers that may pass, in lower case: the protocol's own and W3C trace context. */
export function mayPass(name: string): boolean {
  return PASSED_ON.has(name) || name.startsWith(PARAMETER);
}

/** Headers, in lower case, that the protocol or the connection sets; a registration must not. */
export function isProtocolOwned(name: string): boolean {
  return PROTOCOL_OWNED.has(name) || name.startsWith(PARAMETER);
}

export interface ConfiguredHeaders {
  /** Lower case. */
  readonly names: ReadonlySet<string>;
  /** Name, value, name, value. */
  readonly flat: readonly string[];
}

/**
 * The headers of a server's registration.
 * @throws PortcullisError PC_CONFIG_INVALID when a name belongs to the protocol, or a name or value is not a header's.
 */
export function configuredHeaders(
  server: string,
  headers: Readonly<Record<string, string>>,
): ConfiguredHeaders {
  const flat: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    const refuse = (why: string): never => {
      throw new PortcullisError('PC_CONFIG_INVALID', {
        detail: `the header ${JSON.stringify(name)} of the server ${server} ${why}`,
      });
    };
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower)) refuse('is not a header name');
    if (isProtocolOwned(lower)) refuse('belongs to the protocol and cannot be set');
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      refuse('has a value with characters that a header cannot hold');
    flat.push(lower, value);
  }
  return { names: new Set(flat.filter((_, index) => index % 2 === 0)), flat };
}

/** Adds the client headers that may pass; configured ones win. `accept` is the default when the client sent none. */
export function requestHeaders(
  configured: ConfiguredHeaders,
  client: Readonly<Record<string, string>>,
  accept: string,
  sessionId: string | undefined,
): string[] {
  const headers = ['accept', client.accept ?? accept, 'accept-encoding', 'identity'];
  for (const name in client) {
    if (name === 'accept' || !mayPass(name)) continue;
    if (!configured.names.has(name)) headers.push(name, client[name]!);
  }
  if (sessionId !== undefined) headers.push('mcp-session-id', sessionId);
  if (!configured.names.has('user-agent')) headers.push('user-agent', 'portcullis');
  for (const part of configured.flat) headers.push(part);
  return headers;
}
