/** Promise: over standard streams a task is judged when it is asked for, belongs to who asked, and waits for people as over HTTP. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIXTURES, portcullis, wrapCommand, type StdioPeer } from '../kit/index.ts';
import { POLICY } from './desk.ts';

const task = { ttl: 60_000 };

interface Task {
  readonly taskId: string;
  readonly status: string;
}

let home = '';
let peer: StdioPeer;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-wrap-tasks-'));
  const write_note = { action: 'deny', reason: 'Notes are read only.' };
  const policy = { ...POLICY, tools: { ...POLICY.tools, write_note } };
  await writeFile(join(home, 'policy.json'), JSON.stringify(policy));
  const command = [process.execPath, join(FIXTURES, 'recorder-stdio.mjs')];
  peer = wrapCommand(['--policy', join(home, 'policy.json'), '--', ...command], {
    env: { PORTCULLIS_HOME: home, MODE: 'task-tools,tasks', LOG_FILE: join(home, 'arrived') },
  });
  await peer.initialize();
  await peer.request('tools/list');
});
afterAll(async () => {
  await peer?.leave();
  await rm(home, { recursive: true });
});

const call = async (name: string): Promise<Record<string, unknown>> =>
  (await peer.request('tools/call', { name, arguments: { text: 'wrapped' }, task })).result ?? {};
const arrived = (): Promise<string> => readFile(join(home, 'arrived'), 'utf8');
const cli = (...args: string[]) => portcullis(home, ...args);

it('an allowed call becomes a task of the server, which its client may ask about', async () => {
  const { taskId } = (await call('read_note'))['task'] as Task;
  expect((await peer.request('tasks/get', { taskId })).result).toMatchObject({ taskId, status: 'completed' });
  expect(JSON.stringify((await peer.request('tasks/result', { taskId })).result)).toContain(
    `the result of ${taskId}`,
  );
});

it('a denied call becomes none', async () => {
  const before = await arrived();
  const denied = await call('write_note');
  expect(denied).toMatchObject({ isError: true });
  expect(JSON.stringify(denied)).toContain('[POLICY DENIED] Notes are read only.');
  expect(await arrived()).toBe(before);
});

it.each(['tasks/get', 'tasks/result', 'tasks/cancel'])(
  '%s of a task that was not asked for here finds none',
  async (method) => {
    const before = await arrived();
    expect((await peer.request(method, { taskId: 'task-999' })).error).toMatchObject({ code: -32602 });
    expect(await arrived()).toBe(before);
  },
);

it('a call that waits for a person is a task at once, listed, and made when a person agrees', async () => {
  const { taskId, status } = (await call('echo'))['task'] as Task;
  expect(status).toBe('working');
  const { tasks } = (await peer.request('tasks/list')).result as unknown as { tasks: Task[] };
  expect(tasks).toMatchObject([{ taskId, status: 'working' }]);
  const [{ id }] = JSON.parse((await cli('approvals', 'list', '--json')).stdout) as [{ id: string }];
  const result = peer.request('tasks/result', { taskId });
  expect((await cli('approvals', 'approve', id)).code).toBe(0);
  expect(JSON.stringify((await result).result)).toMatch(/the result of task-/);
  expect((await arrived()).split('"name":"echo"')).toHaveLength(2);
});
