/** LangChain's adapters. A result with `isError` becomes an exception there, whose text the agent hands to the model. */
import { load } from '../../parts/load.ts';
import { headersOf, type ConnectOptions, type ToolClient } from './client.ts';

interface LangChainTool {
  readonly name: string;
  invoke(args: object): Promise<unknown>;
}
interface Adapters {
  MultiServerMCPClient: new (config: object) => {
    getTools(): Promise<LangChainTool[]>;
    close(): Promise<void>;
  };
}

/** Connects over Streamable HTTP. @throws Error of the adapters when the gateway refuses the token */
export async function langChainClient(url: string, options: ConnectOptions = {}): Promise<ToolClient> {
  const { MultiServerMCPClient } = await load<Adapters>('@langchain/mcp-adapters');
  const server = { transport: 'http', url, headers: headersOf(options), automaticSSEFallback: false };
  const client = new MultiServerMCPClient({
    mcpServers: { gateway: server },
    useStandardContentBlocks: false,
  });
  const tools = await client.getTools().catch(async (error: unknown) => {
    await client.close();
    throw error;
  });
  return {
    listTools: () => Promise.resolve(tools.map(({ name }) => ({ name }))),
    callTool: async (name, args = {}) => {
      const tool = tools.find((one) => one.name === name);
      if (tool === undefined) throw new Error(`LangChain has no tool ${name}`);
      try {
        return { content: [{ type: 'text', text: String(await tool.invoke(args)) }] };
      } catch (error) {
        return { isError: true, content: [{ type: 'text', text: (error as Error).message }] };
      }
    },
    close: () => client.close(),
  };
}
