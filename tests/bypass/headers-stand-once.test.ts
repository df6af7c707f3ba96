/** Promise: where readers could take one of two lines of a header for the true one, the request is refused and nothing reaches the server. */
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { guardedRecorder } from './guarded-recorder.ts';

const CALL = '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"safe","arguments":{}}}';

const here = guardedRecorder();

/** The status of a call with exactly these lines as its head. */
function post(lines: readonly (readonly [name: string, value: string])[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = [...lines, ['Accept', '*/*'] as const, ['Content-Length', `${CALL.length}`] as const];
    const outgoing = request(here.guarded.url, { method: 'POST', headers: headers.flat(), agent: false });
    outgoing.on('error', reject).on('response', (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    outgoing.end(CALL);
  });
}

const lines = () => {
  const host = ['Host', new URL(here.gateway.url).host] as const;
  const token = ['Authorization', `Bearer ${here.guarded.token}`] as const;
  const type = ['Content-Type', 'application/json'] as const;
  return { host, token, type };
};

it.each([
  ['Authorization', 'Bearer pcg_wrong', 401],
  ['Host', 'evil.example.com', 403],
  ['Content-Type', 'text/plain', 415],
])('a second line of %s', async (name, value, status) => {
  const { host, token, type } = lines();
  expect(await post([host, token, type])).toBe(200);
  await here.recorder.clear();
  expect(await post([host, token, type, [name, value]])).toBe(status);
  expect(await post([[name, value], host, token, type])).toBe(status);
  expect(await here.recorder.log()).toEqual([]);
});

it('the same token twice', async () => {
  const { host, token, type } = lines();
  await here.recorder.clear();
  expect(await post([host, token, token, type])).toBe(401);
  expect(await here.recorder.log()).toEqual([]);
});
