/** Connections end when a server restarts or fails over; whoever used one hears of it, and the process goes on. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openPool } from './pool.ts';

/** A message of PostgreSQL's protocol, version 3. */
function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

const FATAL = Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
/** AuthenticationOk, ReadyForQuery, and the end, in one packet. */
const OPENED_AND_ENDED = Buffer.concat([
  message('R', Buffer.alloc(4)),
  message('Z', Buffer.from('I')),
  message('E', FATAL),
]);

it('a connection that ends with the packet that opened it', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(OPENED_AND_ENDED));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const pool = await openPool(`postgres://user@127.0.0.1:${port}/any`);
  const client = await pool.connect();
  await expect(client.query('select 1', [])).rejects.toMatchObject({ code: 'PC_STORE_UNAVAILABLE' });
  client.release();
  await pool.end();
  server.close();
});
