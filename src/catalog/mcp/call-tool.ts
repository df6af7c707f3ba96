import { z } from 'zod';
import { ERRORS, toPortcullisError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import type { Catalog } from '../library/types.ts';
import { checkServer } from './tools/check-server.ts';
import { checkStack } from './tools/check-stack.ts';
import { checkTool } from './tools/check-tool.ts';
import { explainPolicy } from './tools/explain-policy.ts';
import { recommendPolicy } from './tools/recommend-policy.ts';
import { searchServers } from './tools/search-servers.ts';
import type { CatalogMcpTool } from './types.ts';

const TOOLS: readonly CatalogMcpTool[] = [
  searchServers,
  checkServer,
  checkTool,
  checkStack,
  recommendPolicy,
  explainPolicy,
];

/** As `tools/list` gives them. */
export const TOOL_DEFINITIONS = TOOLS.map(({ name, title, description, input }) => ({
  name,
  title,
  description,
  inputSchema: z.toJSONSchema(input),
  annotations: { title, readOnlyHint: true, idempotentHint: true, openWorldHint: false },
}));

/** The result of `tools/call`; undefined when there is no such tool. What goes wrong is told to the model. */
export async function callTool(
  catalog: Catalog,
  name: string,
  args: JsonObject,
): Promise<object | undefined> {
  const tool = TOOLS.find((one) => one.name === name);
  if (tool === undefined) return undefined;
  const input = tool.input.safeParse(args);
  if (!input.success)
    return failed(input.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('\n'));
  try {
    const answer = await tool.run(catalog, input.data as never);
    return { content: [{ type: 'text', text: JSON.stringify(answer, null, 2) }], structuredContent: answer };
  } catch (thrown) {
    const { code, message, problems } = toPortcullisError(thrown);
    const said = ERRORS[code].status === 500 ? 'The catalogue could not answer.' : message;
    return failed([said, ...problems.map((one) => `${one.pointer}: ${one.message}`)].join('\n'));
  }
}

function failed(text: string): object {
  return { content: [{ type: 'text', text }], isError: true };
}
