/** Whoever started `wrap` learns in one sentence, and by the exit code, why it is not there. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wrapCommand, type StdioPeer } from '../kit/index.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-wrap-'));
  await writeFile(join(home, 'policy.json'), '{"version":"1","default":"allow"}');
});
afterAll(() => rm(home, { recursive: true, force: true }));

const wrap = (...rest: readonly string[]): StdioPeer =>
  wrapCommand(['--policy', join(home, 'policy.json'), ...rest], { env: { PORTCULLIS_HOME: home } });

it('a port that is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const { process: running } = wrap('--listen', String(port), '--', process.execPath, '--version');
  expect(await running.exited).toMatchObject({ code: 1 });
  expect(running.output()).toMatch(new RegExp(`^portcullis: cannot listen on 127.0.0.1:${port}: `, 'm'));
  expect(running.output()).not.toContain('at Server.');
  taken.close();
});

it('a command that is not there', async () => {
  const peer = wrap('--', '/no/such/program');
  expect(await peer.process.exited).toMatchObject({ code: 1 });
});
