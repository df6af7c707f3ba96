/** What a client sends, message by message, and what the log says of it afterwards. */
import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import {
  MCP_HEADERS,
  rawPost,
  sseLines,
  type GuardedServer,
  type OpenStream,
  type TestGateway,
} from '../kit/index.ts';

/** `legacy` is 2025-11-25 with a session. */
export type Era = 'legacy' | 'modern';

/** Where a grant's calls go. */
export type Target = Pick<GuardedServer, 'url' | 'headers'>;

export type Headers = Readonly<Record<string, string>>;

const MODERN = '2026-07-28';
const clientInfo = { name: 'chaos', version: '1.0.0' };

/** A session of the legacy era. @returns the headers that its messages carry */
export async function openSession({ url, headers }: Target): Promise<Headers> {
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  const opened = await rawPost(url, body('initialize', 'open', params), { ...headers });
  if (opened.status !== 200) throw new Error(`initialize: ${opened.status} ${opened.text}`);
  const session = {
    ...headers,
    'mcp-session-id': String(opened.headers['mcp-session-id']),
    'mcp-protocol-version': '2025-11-25',
  };
  await rawPost(url, '{"jsonrpc":"2.0","method":"notifications/initialized"}', session);
  return session;
}

/** Opens a GET stream of a session. */
export const openStream = ({ url }: Target, session: Headers, more: Headers = {}): Promise<OpenStream> =>
  sseLines(url, { headers: { ...session, ...more } });

export interface Sent {
  readonly id: string;
  /** Resolves with the head of the answer. */
  readonly answer: Promise<OpenStream>;
  /** Hangs up, whether or not there was a head. */
  giveUp(): void;
}

/** Sends a request without waiting for its answer. */
export function sendCall(
  { url, headers }: Target,
  era: Era,
  session: Headers = headers,
  method = 'tools/call',
  given?: Record<string, unknown>,
): Sent {
  const id = randomUUID();
  // No two calls are identical: one whose answer was lost would have to be allowed by a person to be made again.
  const params = given ?? { name: 'work', arguments: { call: id } };
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN,
    'io.modelcontextprotocol/clientInfo': clientInfo,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const modern = { 'mcp-protocol-version': MODERN, 'mcp-method': method };
  const name = typeof params['name'] === 'string' ? { 'mcp-name': params['name'] } : {};
  const leaving = new AbortController();
  return {
    id,
    giveUp: () => leaving.abort(),
    answer: sseLines(url, {
      method: 'POST',
      signal: leaving.signal,
      headers: { ...MCP_HEADERS, ...session, ...(era === 'modern' ? { ...modern, ...name } : {}) },
      body: body(method, id, era === 'modern' ? { ...params, _meta } : params),
    }),
  };
}

/** Every byte of an answer to its end. */
export async function textOfAnswer({ answer }: Sent): Promise<string> {
  const lines: string[] = [];
  for await (const line of (await answer).lines) lines.push(line);
  return lines.join('\n');
}

export interface Logged {
  readonly requestId?: string;
  readonly outcome: string;
  readonly rule: string;
  readonly dispatched: boolean | 'unknown';
}

/** The log's record of a request, as soon as it is complete. */
export function logged(gateway: TestGateway, id: string): Promise<Logged> {
  return vi.waitFor(async () => {
    const { body: page } = await gateway.api<{ items: Logged[] }>('GET', '/decisions?limit=100');
    const record = page.items.find(({ requestId }) => requestId === id);
    if (record === undefined) throw new Error(`the log has no record of ${id}`);
    return record;
  }, 10_000);
}

const body = (method: string, id: string, params: object): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });
