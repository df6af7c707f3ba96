/**
 * The headers that repeat what the body says (MCP 2026-07-28, Streamable HTTP, standard headers). The body is judged; a header
 * that says something else is refused, because an upstream may follow the header.
 */
import { PortcullisError } from '../../errors.ts';
import { objectOf, type Json, type JsonObject } from '../../json.ts';
import type { Era, Message, RequestMessage } from '../types.ts';
import { decodeHeaderValue, encodeHeaderValue } from './header-values.ts';
import { paramHeaders } from './param-headers.ts';
import { VERSION_META } from './versions.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** Which member of `params` the header Mcp-Name repeats. */
const NAMED = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
  ['tasks/get', 'taskId'],
  ['tasks/update', 'taskId'],
  ['tasks/cancel', 'taskId'],
]);

/** Modern requests must carry the headers; legacy messages need not, but may not contradict the body. @throws PC_HEADER_MISMATCH */
export function checkHeaders(message: Message, headers: Headers, era: Era): void {
  if (message.kind === 'response') return;
  const strict = era === 'modern' && message.kind === 'request';
  const meta = objectOf(message.params?._meta);
  if (strict) {
    const version = meta?.[VERSION_META];
    if (version !== undefined || headers['mcp-protocol-version'] === undefined)
      compare('MCP-Protocol-Version', headers['mcp-protocol-version'], version, true);
  }
  compare('Mcp-Method', headers['mcp-method'], message.method, strict);
  const member = NAMED.get(message.method);
  const named = member === undefined ? undefined : message.params?.[member];
  if (member === undefined) return;
  const needed = strict && !message.method.startsWith('tasks/');
  compare('Mcp-Name', headers['mcp-name'], named, needed, decodeHeaderValue);
}

function compare(
  header: string,
  said: string | undefined,
  body: Json | undefined,
  needed: boolean,
  decode: (value: string) => string | undefined = (value) => value,
): void {
  const value = said === undefined ? undefined : decode(said);
  const agrees = said === undefined ? !needed || body === undefined : value !== undefined && value === body;
  if (!agrees) throw new PortcullisError('PC_HEADER_MISMATCH', { header });
}

/**
 * The headers that a modern request needs on HTTP, made from its body; undefined for a legacy message.
 * @param inputSchema of the tool that is called: its `x-mcp-header` annotations name arguments that travel as headers too
 */
export function modernHeaders(
  message: RequestMessage,
  inputSchema?: JsonObject,
): Record<string, string> | undefined {
  const version = objectOf(message.params?._meta)?.[VERSION_META];
  if (typeof version !== 'string') return undefined;
  const headers: Record<string, string> = { 'mcp-protocol-version': version, 'mcp-method': message.method };
  const member = NAMED.get(message.method);
  const named = member === undefined ? undefined : message.params?.[member];
  if (typeof named === 'string') headers['mcp-name'] = encodeHeaderValue(named);
  return inputSchema === undefined
    ? headers
    : { ...headers, ...paramHeaders(inputSchema, objectOf(message.params?.arguments) ?? {}) };
}
