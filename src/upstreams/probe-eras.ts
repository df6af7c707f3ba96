/** The two ways to ask: a session opened by `initialize`, or single requests that describe themselves (MCP 2026-07-28). */
import type { Json, JsonObject } from '../json.ts';
import { listedTools } from './catalogue/listed-tools.ts';
import type { ListedTool } from './catalogue/types.ts';
import { strange } from './failures.ts';
import type { ProbeLine } from './probe-line.ts';
import type { Probed } from './probe.ts';

const CLIENT_INFO = { name: 'portcullis', version: '1' };
const LEGACY = '2025-11-25';
const MODERN = '2026-07-28';

/** @param greeted called once `initialize` was answered */
export async function askLegacy(line: ProbeLine, maxPages: number, greeted: () => void): Promise<Probed> {
  const hello = await line.ask(
    'initialize',
    { protocolVersion: LEGACY, capabilities: {}, clientInfo: CLIENT_INFO },
    {},
  );
  greeted();
  const protocolVersion = textOf(hello.result.protocolVersion) ?? LEGACY;
  const headers = { 'mcp-protocol-version': protocolVersion };
  line.carry(hello.sessionId);
  await line.tell('notifications/initialized', headers);
  const tools = await pages(line, maxPages, hello.result.capabilities, (params) =>
    line.ask('tools/list', params, headers),
  );
  return described(hello.result, protocolVersion, 'legacy', tools);
}

export async function askModern(line: ProbeLine, maxPages: number): Promise<Probed> {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': CLIENT_INFO,
  };
  const ask = (method: string, params: JsonObject): ReturnType<ProbeLine['ask']> =>
    line.ask(method, { ...params, _meta: meta }, { 'mcp-protocol-version': MODERN, 'mcp-method': method });
  const hello = await ask('server/discover', {});
  const tools = await pages(line, maxPages, hello.result.capabilities, (params) => ask('tools/list', params));
  return described(hello.result, MODERN, 'modern', tools);
}

async function pages(
  line: ProbeLine,
  maxPages: number,
  capabilities: Json | undefined,
  ask: (params: JsonObject) => ReturnType<ProbeLine['ask']>,
): Promise<readonly ListedTool[]> {
  const tools: ListedTool[] = [];
  if (!isObject(capabilities) || capabilities.tools === undefined) return tools;
  const seen = new Set<string>();
  let params: JsonObject = {};
  for (let page = 0; page < maxPages; page += 1) {
    const reply = await ask(params);
    const listed = listedTools(reply.bytes);
    if (listed === undefined) throw strange(line.server, 'tools/list was answered without a list of tools');
    tools.push(...listed);
    const cursor = textOf(reply.result.nextCursor);
    if (cursor === undefined) return tools;
    if (seen.has(cursor)) throw strange(line.server, 'tools/list goes round in a circle');
    seen.add(cursor);
    params = { cursor };
  }
  throw strange(line.server, `tools/list has more than ${maxPages} pages`);
}

function described(
  hello: JsonObject,
  protocolVersion: string,
  era: Probed['era'],
  tools: readonly ListedTool[],
): Probed {
  const capabilities = isObject(hello.capabilities) ? hello.capabilities : {};
  return { tools, serverInfo: hello.serverInfo ?? null, capabilities, protocolVersion, era };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
