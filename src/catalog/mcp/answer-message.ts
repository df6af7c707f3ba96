/**
 * The catalogue as an MCP server: one message in, at most one out, in both protocol eras. It keeps no state, so every
 * transport may hand it messages in any order.
 */
import { PortcullisError, toPortcullisError } from '../../errors.ts';
import { asObject, objectOf } from '../../json.ts';
import {
  CAPABILITIES_META,
  checkHeaders,
  eraOf,
  errorMessage,
  LEGACY_VERSIONS,
  MODERN_VERSIONS,
  readMessage,
  refusedId,
  resultMessage,
  type Era,
  type RequestId,
  type RequestMessage,
} from '../../wire/index.ts';
import type { Catalog } from '../library/types.ts';
import { callTool, TOOL_DEFINITIONS } from './call-tool.ts';

export interface McpAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Null for what needs no answer. */
  readonly body: Buffer | null;
}

export interface CatalogMcpParts {
  readonly catalog: Catalog;
  /** The product's. */
  readonly version: string;
}

const INSTRUCTIONS =
  'Ask check_server or check_tool before you connect to an MCP server or call a tool that you do not know, and recommend_policy for the rules to put in front of it.';
/** The index changes rarely, its tools never while the process lives. */
const CACHED = { ttlMs: 300_000, cacheScope: 'public' };

/** @param headers lower case; on stdio there are none, and none are checked */
export async function answerMessage(
  parts: CatalogMcpParts,
  bytes: Buffer,
  headers: Readonly<Record<string, string | undefined>> | undefined,
): Promise<McpAnswer> {
  let id: RequestId | null = null;
  try {
    const message = readMessage(bytes, { caseSensitiveArguments: true });
    if (message.kind === 'batch') throw new PortcullisError('PC_BATCH_REFUSED');
    if (message.kind === 'request') id = message.id;
    const { era } = eraOf(message, headers ?? {});
    if (headers !== undefined) checkHeaders(message, headers, era);
    if (message.kind !== 'request') return { status: 202, body: null };
    if (era === 'modern') checkMeta(message);
    return await answerRequest(parts, message, era);
  } catch (thrown) {
    const error = toPortcullisError(thrown);
    return {
      status: error.status,
      body: errorMessage(id ?? refusedId(thrown), error.rpcCode, error.message, {
        code: error.code,
        ...error.data,
      }),
    };
  }
}

async function answerRequest(parts: CatalogMcpParts, message: RequestMessage, era: Era): Promise<McpAnswer> {
  const { id, method, params } = message;
  const done = (result: object): McpAnswer => ({
    status: 200,
    body: resultMessage(id, era === 'modern' ? { resultType: 'complete', ...result } : result),
  });
  const cached = era === 'modern' ? CACHED : {};
  if (method === 'tools/list') return done({ tools: TOOL_DEFINITIONS, ...cached });
  if (method === 'tools/call') {
    const name = params?.['name'] as string;
    const result = await callTool(parts.catalog, name, asObject(params?.['arguments']));
    if (result !== undefined) return done(result);
    return { status: 200, body: errorMessage(id, -32602, `Unknown tool: ${name}`) };
  }
  if (era === 'modern' && method === 'server/discover')
    return done({ supportedVersions: MODERN_VERSIONS, ...identity(parts), ...cached });
  if (era === 'legacy' && method === 'initialize') {
    const asked = params?.['protocolVersion'];
    const version = LEGACY_VERSIONS.find((known) => known === asked) ?? LEGACY_VERSIONS.at(-1);
    return done({ protocolVersion: version, ...identity(parts) });
  }
  if (era === 'legacy' && method === 'ping') return done({});
  const status = era === 'modern' ? 404 : 200;
  return { status, body: errorMessage(id, -32601, `Method not found: ${method}`) };
}

function identity({ version }: CatalogMcpParts) {
  return {
    capabilities: { tools: {} },
    serverInfo: { name: 'portcullis-catalog', title: 'Portcullis catalogue', version },
    instructions: INSTRUCTIONS,
  };
}

/** A modern request says what its client can do (MCP 2026-07-28, basic). */
function checkMeta({ params }: RequestMessage): void {
  const meta = objectOf(params?.['_meta']);
  if (objectOf(meta?.[CAPABILITIES_META]) === undefined)
    throw new PortcullisError('PC_PARAMS_INVALID', { detail: `_meta must hold "${CAPABILITIES_META}"` });
}
