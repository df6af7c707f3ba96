/** A gateway that sends its traces to a receiver, with a server that notes what reaches it. */
import {
  guardServer,
  MCP_HEADERS,
  rawPost,
  startFixture,
  startGateway,
  startOtlpReceiver,
  type Fixture,
  type GuardedServer,
  type OtlpReceiver,
  type RawAnswer,
  type ReceivedSpan,
  type TestGateway,
} from '../kit/index.ts';

/** Stands in the arguments and answers of every call here, and must stand nowhere in what a collector gets. */
export const VALUE = 'argument-value-7f3a';

export const POLICY = {
  version: '1',
  default: 'allow',
  tools: {
    delete_account: { action: 'deny', reason: 'Accounts stay.' },
    write_note: { approve_if: [{ conditions: [], reason: 'Look at it first.', expires: '10m' }] },
  },
};

export interface Traced {
  readonly gateway: TestGateway;
  readonly collector: OtlpReceiver;
  readonly upstream: Fixture;
  readonly guarded: GuardedServer;
  /** A modern call, as bytes that are known. */
  call(tool: string, options?: CallOptions): Promise<RawAnswer>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly id?: number | string;
  readonly token?: string;
}

/** What sends spans at once. */
export function tracing(endpoint: string, more: Readonly<Record<string, string>> = {}) {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '50', ...more };
}

export async function openTraced(
  env: Readonly<Record<string, string>> = {},
  policy: object = POLICY,
): Promise<Traced> {
  const [collector, upstream] = await Promise.all([startOtlpReceiver(), startFixture('recorder')]);
  const gateway = await startGateway({
    env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0', ...tracing(collector.url, env) },
  });
  const guarded = await guardServer(gateway, { name: 'Recorder', url: upstream.url }, policy);
  return {
    gateway,
    collector,
    upstream,
    guarded,
    call: (tool, options) => modernCall(guarded, tool, options),
    close: async () => void (await Promise.all([gateway.stop(), collector.stop(), upstream.stop()])),
  };
}

export function modernCall(
  { url, token: own }: Pick<GuardedServer, 'url' | 'token'>,
  tool: string,
  { meta = {}, headers = {}, id = 1, token = own }: CallOptions = {},
): Promise<RawAnswer> {
  const body = {
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: {
      name: tool,
      arguments: { text: VALUE },
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientCapabilities': {},
        ...meta,
      },
    },
  };
  return rawPost(url, JSON.stringify(body), {
    ...MCP_HEADERS,
    authorization: `Bearer ${token}`,
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': tool,
    ...headers,
  });
}

/** The span of a message, by the id of its request. */
export const ofRequest =
  (id: number | string, kind: ReceivedSpan['kind'] = 'SERVER') =>
  (span: ReceivedSpan): boolean =>
    span.kind === kind && span.attributes['jsonrpc.request.id'] === String(id);
