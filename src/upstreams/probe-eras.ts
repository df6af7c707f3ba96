/** The two ways to ask: a session opened by `initialize`, or single requests that describe themselves (MCP 2026-07-28). */
import { asObject, type Json, type JsonObject } from '../json.ts';
import { CAPABILITIES_META, CLIENT_INFO_META, VERSION_META } from '../wire/index.ts';
import { listedTools, type ListedPage } from './catalogue/listed-tools.ts';
import type { ListedTool } from './catalogue/types.ts';
import { strange } from './failures.ts';
import type { ProbeLine } from './probe-line.ts';
import type { OtherLists, Probed } from './probe.ts';

interface Wanted {
  readonly maxPages: number;
  readonly everything: boolean;
}

/** Asks one question; the parameters of its era are added. */
type Ask = (method: string, params: JsonObject) => ReturnType<ProbeLine['ask']>;

/** Capability, method and member of every list that is not of tools. */
const OTHERS = [
  ['prompts', 'prompts/list', 'prompts'],
  ['resources', 'resources/list', 'resources'],
  ['resources', 'resources/templates/list', 'resourceTemplates'],
] as const;

const CLIENT_INFO = { name: 'portcullis', version: '1' };
const LEGACY = '2025-11-25';
const MODERN = '2026-07-28';

/** @param greeted called once `initialize` was answered */
export async function askLegacy(line: ProbeLine, wanted: Wanted, greeted: () => void): Promise<Probed> {
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
  const ask: Ask = (method, params) => line.ask(method, params, headers);
  return described(line, hello.result, { protocolVersion, era: 'legacy' }, wanted, ask);
}

export async function askModern(line: ProbeLine, wanted: Wanted): Promise<Probed> {
  const meta = {
    [VERSION_META]: MODERN,
    [CAPABILITIES_META]: {},
    [CLIENT_INFO_META]: CLIENT_INFO,
  };
  const ask: Ask = (method, params) =>
    line.ask(method, { ...params, _meta: meta }, { 'mcp-protocol-version': MODERN, 'mcp-method': method });
  const hello = await ask('server/discover', {});
  return described(line, hello.result, { protocolVersion: MODERN, era: 'modern' }, wanted, ask);
}

async function described(
  line: ProbeLine,
  hello: JsonObject,
  spoken: Pick<Probed, 'protocolVersion' | 'era'>,
  wanted: Wanted,
  ask: Ask,
): Promise<Probed> {
  const capabilities = asObject(hello.capabilities);
  let unreadable = 0;
  const list = async (method: string, member: string): Promise<readonly ListedTool[]> => {
    const listed = await pages(line, wanted.maxPages, ask, method, member);
    unreadable += listed.unreadable;
    return listed.items;
  };
  const tools = capabilities.tools === undefined ? [] : await list('tools/list', 'tools');
  const others: { -readonly [Member in keyof OtherLists]: OtherLists[Member] } = {};
  if (wanted.everything) {
    for (const [capability, method, member] of OTHERS) {
      if (capabilities[capability] === undefined) continue;
      const listed = await list(method, member).catch(() => undefined);
      if (listed !== undefined) others[member] = listed;
    }
  }
  const instructions = textOf(hello.instructions);
  return {
    tools,
    others,
    unreadable,
    instructions,
    serverInfo: hello.serverInfo ?? null,
    capabilities,
    ...spoken,
  };
}

async function pages(
  line: ProbeLine,
  maxPages: number,
  ask: Ask,
  method: string,
  member: string,
): Promise<ListedPage> {
  const items: ListedTool[] = [];
  let unreadable = 0;
  const seen = new Set<string>();
  let params: JsonObject = {};
  for (let page = 0; page < maxPages; page += 1) {
    const reply = await ask(method, params);
    const listed = listedTools(reply.bytes, member);
    if (listed === undefined)
      throw strange(line.server, `${method} was answered without a list of ${member}`);
    items.push(...listed.items);
    unreadable += listed.unreadable;
    const cursor = textOf(reply.result.nextCursor);
    if (cursor === undefined) return { items, unreadable };
    if (seen.has(cursor)) throw strange(line.server, `${method} goes round in a circle`);
    seen.add(cursor);
    params = { cursor };
  }
  throw strange(line.server, `${method} has more than ${maxPages} pages`);
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
