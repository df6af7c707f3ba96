import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FIXTURES, portcullis, wrapCommand, type StdioPeer } from '../kit/index.ts';
import { POLICY } from './desk.ts';

let home = '';
let peer: StdioPeer;
const wrap = async (env: Record<string, string> = {}): Promise<void> => {
  const command = [process.execPath, join(FIXTURES, 'recorder-stdio.mjs')];
  peer = wrapCommand(['--policy', join(home, 'policy.json'), '--', ...command], {
    env: { PORTCULLIS_HOME: home, PORTCULLIS_APPROVAL_HOLD_SECONDS: '0', ...env },
  });
  await peer.initialize();
};
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-wrap-'));
  await writeFile(join(home, 'policy.json'), JSON.stringify(POLICY));
});
afterEach(async () => {
  await peer.leave();
  await rm(home, { recursive: true });
});

const cli = (...args: string[]) => portcullis(home, ...args);
const pending = async (): Promise<{ id: string }[]> =>
  JSON.parse((await cli('approvals', 'list', '--json')).stdout) as { id: string }[];

it('a wrapped server asks, the command line answers, and the call is made once', async () => {
  await wrap();
  const first = JSON.stringify(await peer.callTool('echo', { text: 'wrapped' }));
  const [{ id }] = (await pending()) as [{ id: string }];
  expect(first).toContain('[APPROVAL REQUIRED]');
  expect(first).toContain(`portcullis approvals show ${id}`);
  expect((await cli('approvals', 'approve', id)).code).toBe(0);
  expect(JSON.stringify(await peer.callTool('echo', { text: 'wrapped' }))).not.toContain('isError":true');
  expect(JSON.stringify(await peer.callTool('echo', { text: 'wrapped' }))).toContain('[APPROVAL REQUIRED]');
});

it('a held call hears of an answer that another process gave, and other calls go on meanwhile', async () => {
  await wrap({ PORTCULLIS_APPROVAL_HOLD_SECONDS: '30' });
  const held = peer.callTool('echo', { text: 'held' });
  expect(JSON.stringify(await peer.callTool('read_note', {}))).not.toContain('isError":true');
  await expect.poll(pending, { timeout: 10_000 }).toHaveLength(1);
  const [{ id }] = (await pending()) as [{ id: string }];
  await cli('approvals', 'deny', id, '--reason', 'not from here');
  expect(JSON.stringify(await held)).toContain('not from here');
});
