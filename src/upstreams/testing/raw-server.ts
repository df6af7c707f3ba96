/** A TCP server that does to a connection what a test says, below HTTP. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class RawServer {
  readonly requests: string[] = [];
  connections = 0;
  url = '';
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** @param handle called with each whole POST that arrives, counted for its connection from 1 */
  constructor(handle: (socket: Socket, request: string, nth: number) => void) {
    this.#server = createServer((socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      let nth = 0;
      socket.on('error', () => {});
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
        const head = text.indexOf('\r\n\r\n');
        const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
        if (head === -1 || length === undefined || text.length < head + 4 + Number(length)) return;
        const request = text;
        text = '';
        nth += 1;
        this.requests.push(request);
        handle(socket, request, nth);
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/mcp`;
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A whole HTTP response with a JSON body. */
export function jsonResponse(body: string, headers = ''): string {
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
}
