/** Promises 7 and 8 for `wrap`: input that ends is no reason not to answer, and a client that ends it leaves nothing running. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { FIXTURES, wrapCommand, type StdioPeer } from '../kit/index.ts';
import { childrenOf } from './footprint.ts';

const clientInfo = { name: 'leaving', version: '1.0.0' };

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-leave-'));
  await writeFile(join(home, 'policy.json'), '{"version":"1","default":"allow"}');
});
afterAll(() => rm(home, { recursive: true, force: true }));

function wrap(mode: string): StdioPeer {
  const server = [process.execPath, join(FIXTURES, 'recorder-stdio.mjs')];
  const env = ['--env', `MODE=${mode}`, '--env', `LOG_FILE=${join(home, 'seen')}`];
  return wrapCommand(['--policy', join(home, 'policy.json'), ...env, '--', ...server], {
    env: { PORTCULLIS_HOME: home },
  });
}

it('everything that was written before the end of the input is answered', async () => {
  const peer = wrap('legacy');
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  for (const message of [
    { id: 1, method: 'initialize', params },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list' },
    { id: 3, method: 'tools/call', params: { name: 'echo', arguments: {} } },
  ])
    peer.writeLine(JSON.stringify({ jsonrpc: '2.0', ...message }));
  expect(await peer.leave()).toMatchObject({ code: 0 });
  const answers = peer.lines.map((line) => JSON.parse(line) as { id?: number; error?: object });
  expect(answers.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(peer.lines[2]).not.toContain('PC_UPSTREAM');
});

it('a server that hangs and hears nothing goes with the client that is about to be killed', async () => {
  const peer = wrap('legacy,hang,ignore-eof');
  await peer.initialize();
  void peer.callTool('echo', { text: 'left' }).catch(() => {});
  await vi.waitFor(async () => {
    expect(await readFile(join(home, 'seen'), 'utf8')).toContain('"left"');
    expect(childrenOf(peer.process.child.pid!)).toHaveLength(1);
  }, 10_000);
  const pids = childrenOf(peer.process.child.pid!);
  peer.process.child.stdin.end();
  // What clients give a server before they kill it.
  expect(await peer.process.stop('SIGTERM', 2000)).toMatchObject({ code: 0 });
  await vi.waitFor(() => expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), 10_000);
});
