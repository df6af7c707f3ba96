/** The AI SDK's client, used through the tools that it hands to a model. */
import { load } from '../../parts/load.ts';
import {
  headersOf,
  type ConnectOptions,
  type ListedTool,
  type ToolClient,
  type ToolResult,
} from './client.ts';

interface AiTool {
  execute(args: object, options: { toolCallId: string; messages: [] }): Promise<ToolResult>;
}
interface AiSdk {
  createMCPClient(config: { transport: { type: 'http'; url: string; headers: object } }): Promise<{
    listTools(): Promise<{ tools: ListedTool[] }>;
    tools(): Promise<Record<string, AiTool>>;
    close(): Promise<void>;
  }>;
}

/** Connects over Streamable HTTP. @throws Error of the SDK when the gateway refuses the token */
export async function aiSdkClient(url: string, options: ConnectOptions = {}): Promise<ToolClient> {
  const { createMCPClient } = await load<AiSdk>('@ai-sdk/mcp');
  const client = await createMCPClient({ transport: { type: 'http', url, headers: headersOf(options) } });
  const tools = await client.tools().catch(async (error: unknown) => {
    await client.close();
    throw error;
  });
  return {
    listTools: async () => (await client.listTools()).tools,
    callTool: (name, args = {}) => {
      const tool = tools[name];
      if (tool === undefined) throw new Error(`the AI SDK has no tool ${name}`);
      return tool.execute(args, { toolCallId: 'call', messages: [] });
    },
    close: () => client.close(),
  };
}
