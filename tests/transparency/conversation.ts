/** One client's conversation with a server, message by message as they are on the wire: no SDK reorders a member. */
import { MCP_HEADERS, rawPost, sseLines, stdioServer, type JsonRpcMessage } from '../kit/index.ts';

export type Era = 'legacy' | 'modern';

export interface Opening {
  readonly era: Era;
  readonly capabilities: Record<string, unknown>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A message as it came, and parsed. */
export interface Answer {
  readonly text: string;
  readonly message: JsonRpcMessage;
}

export interface Conversation {
  /** The answer to `initialize`, or to `server/discover` in the modern era. */
  readonly opening: Answer;
  request(method: string, params?: Record<string, unknown>): Promise<Answer>;
  close(): Promise<void>;
}

interface Wire {
  request(method: string, params: Record<string, unknown>): Promise<Answer>;
  notify(method: string): Promise<void>;
  close(): Promise<void>;
}

const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';
const clientInfo = { name: 'raw-client', version: '1.0.0' };

/** Starts a command and speaks on its standard streams. */
export function overStdio(
  command: readonly string[],
  opening: Opening,
  env: Readonly<Record<string, string>> = {},
): Promise<Conversation> {
  const [program = '', ...args] = command;
  const peer = stdioServer(program, args, { env });
  return open(
    {
      request: async (method, params) => {
        const message = await peer.request(method, params);
        return { text: peer.lines.find((line) => answers(line, message.id)) ?? '', message };
      },
      notify: (method) => Promise.resolve(peer.notify(method)),
      close: async () => {
        peer.process.child.stdin.end();
        await peer.process.stop();
      },
    },
    opening,
  );
}

/** Speaks Streamable HTTP, with a session where the server gives one. */
export function overHttp(url: string, opening: Opening): Promise<Conversation> {
  const headers: Record<string, string> = { ...opening.headers };
  let id = 0;
  const request = async (method: string, params: Record<string, unknown>): Promise<Answer> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params });
    const answer = await rawPost(url, body, {
      ...headers,
      ...(opening.era === 'modern' ? modernHeaders(method, params) : {}),
    });
    const session = answer.headers['mcp-session-id'];
    if (typeof session === 'string') headers['mcp-session-id'] = session;
    if (opening.era === 'legacy') headers['mcp-protocol-version'] = LEGACY;
    if (answer.text === '') throw new Error(`${method}: ${answer.status} without a body`);
    return { text: answer.data, message: answer.json<JsonRpcMessage>() };
  };
  const notify = async (method: string): Promise<void> =>
    void (await rawPost(url, JSON.stringify({ jsonrpc: '2.0', method }), headers));
  return open({ request, notify, close: () => Promise.resolve() }, opening);
}

/** Speaks the HTTP+SSE transport of 2024-11-05. */
export async function overSse(url: string, opening: Opening): Promise<Conversation> {
  const headers = { ...opening.headers };
  const stream = await sseLines(url, { headers });
  const endpoint = await stream.until(/^data:/);
  const target = new URL(endpoint.slice(5).trim(), url).href;
  let id = 0;
  const send = (message: object): Promise<unknown> =>
    rawPost(target, JSON.stringify({ jsonrpc: '2.0', ...message }), { ...MCP_HEADERS, ...headers });
  const request = async (method: string, params: Record<string, unknown>): Promise<Answer> => {
    const mine = ++id;
    await send({ id: mine, method, params });
    for (;;) {
      const text = (await stream.until(/^data:\s*\S/)).slice(5).replace(/^ /, '');
      if (answers(text, mine)) return { text, message: JSON.parse(text) as JsonRpcMessage };
    }
  };
  const close = async (): Promise<void> => {
    stream.close();
    await stream.ended;
  };
  return open({ request, notify: async (method) => void (await send({ method })), close }, opening);
}

async function open(wire: Wire, { era, capabilities }: Opening): Promise<Conversation> {
  if (era === 'modern') {
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': MODERN,
      'io.modelcontextprotocol/clientInfo': clientInfo,
      'io.modelcontextprotocol/clientCapabilities': capabilities,
    };
    const request: Conversation['request'] = (method, params = {}) =>
      wire.request(method, { ...params, _meta });
    return { opening: await request('server/discover'), request, close: wire.close };
  }
  const opening = await wire.request('initialize', { protocolVersion: LEGACY, capabilities, clientInfo });
  await wire.notify('notifications/initialized');
  return { opening, request: (method, params = {}) => wire.request(method, params), close: wire.close };
}

/** Whether a line is the answer to the request of this id. */
function answers(line: string, id: unknown): boolean {
  try {
    const message = JSON.parse(line) as JsonRpcMessage;
    return message.id === id && message.method === undefined;
  } catch {
    return false;
  }
}

function modernHeaders(method: string, params: Record<string, unknown>): Record<string, string> {
  const name = method === 'tools/call' ? params.name : undefined;
  return {
    'mcp-protocol-version': MODERN,
    'mcp-method': method,
    ...(typeof name === 'string' ? { 'mcp-name': name } : {}),
  };
}
