/** Stands before an HTTP server, passes everything on and keeps the bodies of the requests. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpTap {
  /** The server's URL as seen through the tap. */
  readonly url: string;
  /** Every request body so far. */
  seen(): string;
  close(): void;
}

export async function tapHttp(target: string): Promise<HttpTap> {
  const { hostname, port, host, pathname } = new URL(target);
  let seen = '';
  const tap = createServer((incoming, outgoing) => {
    const onward = request(
      {
        hostname,
        port,
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, host },
        agent: false,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.on('data', (piece: Buffer) => (seen += piece.toString('utf8')));
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(tap, 'listening');
  return {
    url: `http://127.0.0.1:${(tap.address() as AddressInfo).port}${pathname}`,
    seen: () => seen,
    close: () => {
      tap.closeAllConnections();
      tap.close();
    },
  };
}
