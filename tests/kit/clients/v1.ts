/** The v1 line of the TypeScript SDK: protocol versions up to 2025-11-25. */
import { load } from '../../parts/load.ts';
import {
  everyTool,
  headersOf,
  type ConnectOptions,
  type SdkClient,
  type ToolClient,
  type ToolResult,
} from './client.ts';

export interface V1Sdk extends SdkClient {
  callTool(
    params: { name: string; arguments: Record<string, unknown> },
    schema?: undefined,
    options?: { timeout?: number },
  ): Promise<ToolResult>;
  ping(): Promise<unknown>;
  readResource(params: { uri: string }): Promise<{ contents: Record<string, unknown>[] }>;
  getPrompt(params: { name: string; arguments?: Record<string, string> }): Promise<Record<string, unknown>>;
}

export interface V1Client extends ToolClient {
  readonly sdk: V1Sdk;
  readonly transport: V1Transport;
}

export interface V1Transport {
  readonly sessionId?: string;
  terminateSession?(): Promise<void>;
}

interface ClientModule {
  Client: new (info: { name: string; version: string }, options: { capabilities: object }) => V1Sdk;
}
interface HttpModule {
  StreamableHTTPClientTransport: new (url: URL, options: { requestInit: { headers: object } }) => V1Transport;
}
interface SseModule {
  SSEClientTransport: new (url: URL, options: object) => V1Transport;
}
interface StdioModule {
  StdioClientTransport: new (options: {
    command: string;
    args: readonly string[];
    env?: Record<string, string>;
    stderr?: string;
  }) => V1Transport;
}

/** Connects over Streamable HTTP. */
export async function v1Client(url: string, options: ConnectOptions = {}): Promise<V1Client> {
  const { StreamableHTTPClientTransport } = await load<HttpModule>(
    '@modelcontextprotocol/sdk/client/streamableHttp.js',
  );
  return connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: headersOf(options) } }),
    options,
  );
}

/** Connects over the HTTP+SSE transport of 2024-11-05. */
export async function v1SseClient(url: string, options: ConnectOptions = {}): Promise<V1Client> {
  const { SSEClientTransport } = await load<SseModule>('@modelcontextprotocol/sdk/client/sse.js');
  const headers = headersOf(options);
  const withHeaders: typeof fetch = (input, init) => {
    const merged = new Headers(init?.headers);
    for (const [name, value] of Object.entries(headers)) merged.set(name, value);
    return fetch(input, { ...init, headers: merged });
  };
  return connect(
    new SSEClientTransport(new URL(url), {
      requestInit: { headers },
      eventSourceInit: { fetch: withHeaders },
    }),
    options,
  );
}

/** Starts a command and speaks MCP on its standard streams. */
export async function v1StdioClient(
  command: string,
  args: readonly string[],
  options: ConnectOptions & { env?: Record<string, string> } = {},
): Promise<V1Client> {
  const { StdioClientTransport } = await load<StdioModule>('@modelcontextprotocol/sdk/client/stdio.js');
  const env = { ...(process.env as Record<string, string>), ...options.env };
  return connect(new StdioClientTransport({ command, args, env, stderr: 'ignore' }), options);
}

async function connect(
  transport: V1Transport,
  { name = 'kit-v1', capabilities = {}, timeoutMs }: ConnectOptions,
): Promise<V1Client> {
  const { Client } = await load<ClientModule>('@modelcontextprotocol/sdk/client/index.js');
  const sdk = new Client({ name, version: '1.0.0' }, { capabilities });
  await sdk.connect(transport);
  const options = timeoutMs === undefined ? {} : { timeout: timeoutMs };
  return {
    sdk,
    transport,
    listTools: () => everyTool(sdk),
    callTool: (tool, args = {}) => sdk.callTool({ name: tool, arguments: args }, undefined, options),
    close: () => sdk.close(),
  };
}
