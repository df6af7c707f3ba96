/** Promise: who sends a body that is too large reads why it was refused, and nothing of it reaches the server. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  guardServer,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { POLICY } from './policy.ts';

const BYTES = 9 * 1024 * 1024;

let gateway: TestGateway;
let recorder: Fixture;
let guarded: GuardedServer;
beforeAll(async () => {
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder')]);
  guarded = await guardServer(gateway, { name: 'guarded', url: recorder.url }, POLICY);
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
});

it('also when it sends on after the answer', async () => {
  const { hostname, port, pathname, host } = new URL(guarded.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  const answered = new Promise<void>((resolve) => {
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
      if (answer.includes('PC_BODY_TOO_LARGE')) resolve();
    });
  });
  const ended = new Promise<Error | undefined>((resolve) => {
    socket.on('error', resolve).on('end', () => resolve(undefined));
  });
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${guarded.token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${BYTES}\r\n\r\n{`,
  );
  await answered;
  socket.write(Buffer.alloc(BYTES - 1, ' '));
  expect(await ended).toBeUndefined();
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect((await recorder.log()).filter(({ body }) => body.includes('tools/call'))).toEqual([]);
});
