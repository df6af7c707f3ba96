/** Clients that are command lines, used as the others are: each request is a run of its own. */
import type { ConnectOptions, ListedTool, ToolClient, ToolResult } from './client.ts';
import { inspector } from './inspector.ts';
import { mcporter } from './mcporter.ts';

/** Nothing is connected before its first request. @throws Error with what mcporter says when it cannot do what is asked */
export async function mcporterClient(url: string, { token = '' }: ConnectOptions = {}): Promise<ToolClient> {
  const runs = await mcporter(url, token);
  const listTools = async (): Promise<readonly ListedTool[]> => {
    const { stdout, stderr } = await runs.list();
    const { tools } = JSON.parse(stdout) as { readonly tools?: readonly ListedTool[] };
    if (tools === undefined) throw new Error(stdout + stderr);
    return tools;
  };
  return {
    listTools,
    callTool: async (name, args) => {
      const { stdout, stderr } = await runs.call(name, args);
      if (!stdout.startsWith('{')) throw new Error(`${stdout}${stderr}`);
      return JSON.parse(stdout) as ToolResult;
    },
    close: async () => {},
  };
}

/** Nothing is connected before its first request. @throws Error with what the Inspector says when it cannot do what is asked */
export async function inspectorClient(
  url: string,
  era: 'legacy' | 'modern',
  { token = '' }: ConnectOptions = {},
): Promise<ToolClient> {
  const run = (...args: readonly string[]) =>
    inspector(url, token, '--protocol-era', era, '--method', ...args);
  const listTools = async (): Promise<readonly ListedTool[]> => {
    const { code, output } = await run('tools/list');
    if (code !== 0) throw new Error(`exit code ${code}: ${output}`);
    return (JSON.parse(output.slice(output.indexOf('{'))) as { readonly tools: readonly ListedTool[] }).tools;
  };
  return {
    listTools,
    callTool: async (name, args = {}) => {
      const given = Object.entries(args).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
      const more = given.length === 0 ? [] : ['--tool-arg', ...given];
      const { code, output } = await run('tools/call', '--tool-name', name, ...more);
      // 5: the tool's result is an error.
      if (code !== 0 && code !== 5) throw new Error(`exit code ${code}: ${output}`);
      return { isError: code === 5, content: [{ type: 'text', text: output }] };
    },
    close: async () => {},
  };
}
