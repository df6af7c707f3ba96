/** Messages as texts: the arguments of a call stand in them exactly as the case spells them. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { ToolCall } from './calls.ts';
import { MARK } from './path.ts';

const MODERN = '2026-07-28';
export const CLIENT = { name: 'parity', version: '1' };

/** @param more further members of params, such as a task */
export function callMessage(
  id: number,
  call: ToolCall,
  mark: string,
  meta: object = {},
  more: object = {},
): string {
  const params = JSON.stringify({ name: call.tool, _meta: { ...meta, [MARK]: mark }, ...more });
  return `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":${params.slice(0, -1)},"arguments":${call.args}}}`;
}

export const listMessage = (id: number, meta?: object): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    id,
    method: 'tools/list',
    params: meta === undefined ? {} : { _meta: meta },
  });

/** `_meta` of every request of 2026-07-28. */
export const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientInfo': CLIENT,
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
};

/** The headers that repeat the body (2026-07-28, Streamable HTTP). */
export function modernHeaders(method: string, name?: string): OutgoingHttpHeaders {
  return {
    'mcp-protocol-version': MODERN,
    'mcp-method': method,
    ...(name === undefined ? {} : { 'mcp-name': headerValue(name) }),
  };
}

function headerValue(text: string): string {
  return /^[\x21-\x7e]+$/.test(text) ? text : `=?base64?${Buffer.from(text).toString('base64')}?=`;
}

export function initializeMessage(protocolVersion: string): string {
  const params = { protocolVersion, capabilities: {}, clientInfo: CLIENT };
  return JSON.stringify({ jsonrpc: '2.0', id: 'open', method: 'initialize', params });
}

export const INITIALIZED = '{"jsonrpc":"2.0","method":"notifications/initialized"}';

/** Tool names of a tools/list answer. */
export const namesOf = (answer: unknown): readonly string[] =>
  (answer as { result: { tools: { name: string }[] } }).result.tools.map(({ name }) => name);
