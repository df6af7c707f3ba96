/** What suites use. PostgreSQL, Redis and Chromium are imported by their own files, because naming them is what asks for them. */
export { startGateway, type ApiAnswer, type GatewayOptions, type TestGateway } from './gateway.ts';
export {
  createPolicy,
  guardServer,
  mintGrant,
  mintSharedGrant,
  registerServer,
  type GuardedServer,
  type MintedGrant,
  type RegisteredServer,
  type ServerInput,
} from './rest.ts';
export { startFixture, type Fixture, type FixtureName, type SeenRequest } from './fixture.ts';
export { MCP_HEADERS, rawPost, rawRequest, type RawAnswer, type RawRequest } from './raw-http.ts';
export { sseLines, type OpenStream } from './sse-lines.ts';
export { stdioServer, wrapCommand, type JsonRpcMessage, type StdioPeer } from './stdio.ts';
export { portcullis } from './portcullis.ts';
export { runCommand, runNode, runToEnd, type Exit, type RunningProcess } from './process.ts';
export { freePort } from './ports.ts';
export { untilAnswered } from './until-answered.ts';
export { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from './otlp-receiver.ts';
export { FIXTURES, partFile, PROGRAM, ROOT } from './folders.ts';
export {
  textOf,
  type ConnectOptions,
  type ListedTool,
  type ToolClient,
  type ToolResult,
} from './clients/client.ts';
export { v1Client, v1SseClient, v1StdioClient, type V1Client } from './clients/v1.ts';
export { v2Client, v2StdioClient, type V2Client, type V2Mode } from './clients/v2.ts';
export { mcpRemote } from './clients/mcp-remote.ts';
export { mcporter, type Mcporter } from './clients/mcporter.ts';
export { aiSdkClient } from './clients/ai-sdk.ts';
export { langChainClient } from './clients/langchain.ts';
export { inspectorNode } from './clients/inspector.ts';
export { inspectorClient, mcporterClient } from './clients/command-lines.ts';
