/** Promise: who sends a body that is too large reads why it was refused, and nothing of it reaches the server. */
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { guardedRecorder } from './guarded-recorder.ts';

const BYTES = 9 * 1024 * 1024;

const here = guardedRecorder();

it('also when it sends on after the answer', async () => {
  const { hostname, port, pathname, host } = new URL(here.guarded.url);
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
    `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${here.guarded.token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${BYTES}\r\n\r\n{`,
  );
  await answered;
  socket.write(Buffer.alloc(BYTES - 1, ' '));
  expect(await ended).toBeUndefined();
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect((await here.recorder.log()).filter(({ body }) => body.includes('tools/call'))).toEqual([]);
});
