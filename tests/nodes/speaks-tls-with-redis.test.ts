/** Promise: `rediss://` counts over TLS, with a server whose certificate is trusted, and with no other. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, PROGRAM, rawRequest, runNode } from '../kit/index.ts';
import { noRedisServer, startRedis, type OwnRedis } from '../kit/redis.ts';

const noOpenSsl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return false;
  } catch {
    return true;
  }
})();

describe.skipIf(noRedisServer || noOpenSsl)('Redis behind TLS', () => {
  let redis: OwnRedis;
  let folder: string;
  let server: Server;
  let url: string;
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    [redis, folder] = await Promise.all([startRedis(), mkdtemp(join(tmpdir(), 'portcullis-tls-'))]);
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const fresh = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      cert,
    ];
    execFileSync('openssl', [...fresh, ...subject], { stdio: 'ignore' });
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
      const inner = connect(redis.port, '127.0.0.1');
      for (const one of [socket, inner]) sockets.add(one.on('error', () => {}));
      socket.pipe(inner).pipe(socket);
    }).listen(0, '127.0.0.1');
    server.on('tlsClientError', () => {});
    await once(server, 'listening');
    url = `rediss://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    server?.close();
    await redis?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['trusted', 200],
    ['unknown', 503],
  ])('a certificate that is %s', async (kind, status) => {
    const home = await mkdtemp(join(folder, 'home-'));
    const port = await freePort();
    const env = {
      PORTCULLIS_HOME: home,
      PORTCULLIS_PORT: String(port),
      PORTCULLIS_REDIS_URL: url,
      NODE_EXTRA_CA_CERTS: kind === 'trusted' ? join(folder, 'cert.pem') : undefined,
    };
    const gateway = runNode(PROGRAM, ['start'], { env });
    await gateway.line(/listening on http/);
    const readyz = await rawRequest(`http://127.0.0.1:${port}/readyz`);
    expect(readyz.status, readyz.text).toBe(status);
    if (status === 503) expect(readyz.text).toMatch(/Redis cannot be reached \([A-Z_]*CERT[A-Z_]*\)/);
    await gateway.stop();
  });
});
