/** The v2 line of the TypeScript SDK: both eras. */
import { load } from '../../parts/load.ts';
import {
  headersOf,
  type ConnectOptions,
  everyTool,
  type SdkClient,
  type ToolClient,
  type ToolResult,
} from './client.ts';

/** `auto` probes and falls back; `legacy` never probes; `modern` never falls back. */
export type V2Mode = 'auto' | 'legacy' | 'modern';

export interface V2Sdk extends SdkClient {
  callTool(
    params: { name: string; arguments: Record<string, unknown> },
    options?: { timeout?: number; signal?: AbortSignal },
  ): Promise<ToolResult>;
  getNegotiatedProtocolVersion(): string | undefined;
}

export interface V2Client extends ToolClient {
  readonly sdk: V2Sdk;
}

interface ClientModule {
  Client: new (info: { name: string; version: string }, options: object) => V2Sdk;
  StreamableHTTPClientTransport: new (url: URL, options: { requestInit: { headers: object } }) => unknown;
}
interface StdioModule {
  StdioClientTransport: new (options: object) => unknown;
}

/** Connects over Streamable HTTP. */
export async function v2Client(url: string, mode: V2Mode, options: ConnectOptions = {}): Promise<V2Client> {
  const { StreamableHTTPClientTransport } = await load<ClientModule>('@modelcontextprotocol/client');
  return connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: headersOf(options) } }),
    mode,
    options,
  );
}

/** Starts a command and speaks MCP on its standard streams. */
export async function v2StdioClient(
  command: string,
  args: readonly string[],
  mode: V2Mode,
  options: ConnectOptions & { env?: Record<string, string> } = {},
): Promise<V2Client> {
  const { StdioClientTransport } = await load<StdioModule>('@modelcontextprotocol/client/stdio');
  const env = { ...process.env, ...options.env };
  return connect(new StdioClientTransport({ command, args, env, stderr: 'ignore' }), mode, options);
}

async function connect(
  transport: unknown,
  mode: V2Mode,
  { name = 'kit-v2', capabilities = {}, timeoutMs }: ConnectOptions,
): Promise<V2Client> {
  const { Client } = await load<ClientModule>('@modelcontextprotocol/client');
  const versionNegotiation = { mode: mode === 'modern' ? { pin: '2026-07-28' } : mode };
  const sdk = new Client({ name, version: '1.0.0' }, { capabilities, versionNegotiation });
  await sdk.connect(transport);
  const options = timeoutMs === undefined ? {} : { timeout: timeoutMs };
  return {
    sdk,
    listTools: () => everyTool(sdk),
    callTool: (tool, args = {}) => sdk.callTool({ name: tool, arguments: args }, options),
    close: () => sdk.close(),
  };
}
