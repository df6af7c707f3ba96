/** Promise: a wrapped server that died or hung in the middle of a call is not given it again before a person has agreed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FIXTURES, PROGRAM, runToEnd, wrapCommand, type StdioPeer } from '../kit/index.ts';

const ARGS = { text: 'twice' };
let home = '';
let peer: StdioPeer;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-wrap-'));
  await writeFile(join(home, 'policy.json'), '{"version":"1","default":"allow"}');
  await writeFile(join(home, 'arrived'), '');
});
afterEach(async () => {
  await peer.leave();
  await rm(home, { recursive: true });
});

async function wrap(mode: string): Promise<void> {
  peer = wrapCommand(
    ['--policy', join(home, 'policy.json'), '--', process.execPath, join(FIXTURES, 'recorder-stdio.mjs')],
    {
      env: {
        PORTCULLIS_HOME: home,
        PORTCULLIS_APPROVAL_HOLD_SECONDS: '0',
        MODE: mode,
        LOG_FILE: join(home, 'arrived'),
      },
    },
  );
  await peer.initialize();
  await peer.request('tools/list');
}
const call = async (args: object = ARGS): Promise<string> =>
  JSON.stringify(await peer.callTool('write_note', { ...args }));
const arrived = async (): Promise<number> =>
  (await readFile(join(home, 'arrived'), 'utf8')).split('\n').filter((line) => line.includes('tools/call'))
    .length;
const cli = (...args: string[]) => runToEnd(PROGRAM, args, { env: { PORTCULLIS_HOME: home } });

async function allowed(): Promise<void> {
  const [{ id }] = JSON.parse((await cli('approvals', 'list', '--json')).stdout) as [{ id: string }];
  expect((await cli('approvals', 'show', id)).stdout).toContain('an identical call was lost: decision ');
  expect((await cli('approvals', 'approve', id)).code).toBe(0);
  for (const count of [2, 3]) {
    expect(await call()).not.toContain('"isError":true');
    expect(await arrived()).toBe(count);
  }
}

it('a child that died', async () => {
  await wrap('die');
  expect(await call()).toContain('PC_UPSTREAM_DIED');
  await peer.leave();
  await wrap('json');
  expect(await call()).toContain('[APPROVAL REQUIRED]');
  expect(await arrived()).toBe(1);
  await allowed();
});

it('a child that hung when the wrapper was killed', async () => {
  await wrap('hang');
  const lost = call();
  lost.catch(() => {});
  await vi.waitFor(async () => expect(await arrived()).toBe(1), 10_000);
  await peer.process.stop('SIGKILL');
  await wrap('json');
  expect(await call()).toContain('[APPROVAL REQUIRED]');
  expect(await arrived()).toBe(1);
  await allowed();
});
