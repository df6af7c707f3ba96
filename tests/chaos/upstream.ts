/** An MCP server inside the test: it answers the handshake of either era, and leaves every call and stream to the test. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonRpcMessage } from '../kit/index.ts';

/** One request that reached the server and waits for the test. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly message: JsonRpcMessage | undefined;
  /** Resolves when the connection of the answer is closed. */
  readonly closed: Promise<void>;
  /** A JSON answer. */
  answer(text: string): void;
  /** Opens a stream and sends the head. */
  stream(): void;
  /** One event of an open stream. `id` is an event id. */
  event(message: object | '', id?: string): void;
}

export interface ChaosUpstream {
  readonly url: string;
  /** The next request that is no handshake: a call, or the GET of a stream. */
  next(): Promise<Exchange>;
  /** The waiting exchange that fits. @throws Error when none does */
  take(fits: (exchange: Exchange) => boolean): Exchange;
  /** Requests that nobody has taken with `next`. */
  readonly waiting: readonly Exchange[];
  /** Notifications that it got. */
  readonly told: readonly JsonRpcMessage[];
  /** Open connections. */
  sockets(): Promise<number>;
  close(): Promise<void>;
}

const handshake = (
  tools: readonly object[],
): Record<string, (params: Record<string, unknown>) => object> => ({
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo }),
  'server/discover': () => ({
    supportedVersions: ['2026-07-28'],
    capabilities: { tools: {} },
    serverInfo,
    ...fresh,
  }),
  'tools/list': () => ({ tools, ...fresh }),
});
const WORK = { name: 'work', inputSchema: { type: 'object' } };
const serverInfo = { name: 'chaos', version: '1.0.0' };
const fresh = { resultType: 'complete', ttlMs: 60_000, cacheScope: 'private' };

export const resultOf = (id: unknown, text: string): object => ({
  jsonrpc: '2.0',
  id,
  result: { content: [{ type: 'text', text }], resultType: 'complete' },
});

export async function startUpstream(tools: readonly object[] = [WORK]): Promise<ChaosUpstream> {
  const shakes = handshake(tools);
  let sessions = 0;
  const waiting: Exchange[] = [];
  const told: JsonRpcMessage[] = [];
  const takers: ((exchange: Exchange) => void)[] = [];
  const hand = (exchange: Exchange): void => {
    const taker = takers.shift();
    if (taker === undefined) waiting.push(exchange);
    else taker(exchange);
  };
  const server = createServer((request, response) => {
    response.on('error', () => {});
    const respond = (message: JsonRpcMessage | undefined): void => {
      const shake = shakes[message?.method ?? ''];
      if (shake !== undefined) {
        const session = message?.method === 'initialize' ? { 'mcp-session-id': `session-${++sessions}` } : {};
        response.writeHead(200, { 'content-type': 'application/json', ...session });
        response.end(
          JSON.stringify({ jsonrpc: '2.0', id: message?.id, result: shake(message?.params ?? {}) }),
        );
      } else if (message !== undefined && message.id === undefined) {
        told.push(message);
        response.writeHead(202).end();
      } else if (request.method === 'DELETE') response.writeHead(200).end();
      else hand(exchangeOf(request, response, message));
    };
    void receive(request).then(respond);
  });
  // Connections that nothing uses go soon, so that what stays open is a leak.
  server.keepAliveTimeout = 200;
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    waiting,
    told,
    take: (fits) => {
      const index = waiting.findIndex(fits);
      if (index < 0) throw new Error('no exchange that waits fits');
      return waiting.splice(index, 1)[0]!;
    },
    next: () => {
      const ready = waiting.shift();
      return ready === undefined ? new Promise((resolve) => takers.push(resolve)) : Promise.resolve(ready);
    },
    sockets: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      ),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function receive(request: IncomingMessage): Promise<JsonRpcMessage | undefined> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return request.method === 'POST'
    ? (JSON.parse(Buffer.concat(pieces).toString('utf8')) as JsonRpcMessage)
    : undefined;
}

function exchangeOf(
  request: IncomingMessage,
  response: ServerResponse,
  message: JsonRpcMessage | undefined,
): Exchange {
  return {
    request,
    response,
    message,
    closed: new Promise((resolve) => response.once('close', resolve)),
    answer: (text) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(resultOf(message?.id, text)));
    },
    stream: () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    },
    event: (data, id) => {
      const text = data === '' ? '' : JSON.stringify(data);
      response.write(`${id === undefined ? '' : `id: ${id}\n`}data: ${text}\n\n`);
    },
  };
}
