/** `portcullis wrap` in a pipe: no question is left without an answer, and the exit code says how the server ended. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM, runToEnd, wrapCommand, type JsonRpcMessage } from '../kit/index.ts';

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'pipe', version: '1' } },
};

/** Answers every request after 200 ms, and ends at once when nobody can ask any more: as many servers do. */
const SLOW_SERVER = `
  process.stdin.on('end', () => process.exit(0));
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method } = JSON.parse(line);
    if (id === undefined) return;
    const result = method === 'initialize'
      ? { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'slow', version: '1' } }
      : method === 'tools/list' ? { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] } : { content: [] };
    setTimeout(() => console.log(JSON.stringify({ jsonrpc: '2.0', id, result })), 200);
  });`;

let home: string;
let policy: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-wrap-'));
  policy = join(home, 'policy.json');
  await writeFile(policy, '{ "version": "1", "default": "allow" }');
});

afterAll(() => rm(home, { recursive: true, force: true }));

const wrapped = (command: readonly string[], messages: readonly object[]) =>
  runToEnd(PROGRAM, ['wrap', '--policy', policy, '--', ...command], {
    env: { PORTCULLIS_HOME: home },
    input: messages.map((message) => `${JSON.stringify(message)}\n`).join(''),
  });

const answers = (stdout: string): JsonRpcMessage[] =>
  stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as JsonRpcMessage]));

describe('a program that cannot be started', () => {
  it('is told to the client and to the shell', async () => {
    const ran = await wrapped(['no-such-program-here'], [INITIALIZE]);
    expect(ran.code).toBe(127);
    expect(ran.stderr).toContain(
      'portcullis: the server is gone: the command no-such-program-here was not found',
    );
    expect(answers(ran.stdout)).toMatchObject([
      { id: 1, error: { data: { code: 'PC_UPSTREAM_UNREACHABLE' } } },
    ]);
  });

  it('is told to a client that asks later', async () => {
    const peer = wrapCommand(['--policy', policy, '--', join(home, 'policy.json')], {
      env: { PORTCULLIS_HOME: home },
    });
    await peer.process.line(/the server is gone: the command .*policy\.json may not be executed/);
    expect((await peer.initialize()).error?.data).toEqual({ code: 'PC_UPSTREAM_UNREACHABLE' });
    expect((await peer.process.exited).code).toBe(127);
  });

  it('is told to the shell when nobody asks', async () => {
    expect(await wrapped(['no-such-program-here'], [])).toMatchObject({ code: 127, stdout: '' });
  });
});

describe('a server that ends', () => {
  it('gives its exit code, its last words, and an answer to who waits', async () => {
    const script =
      'process.stdin.once("data", () => { console.error("out of cheese"); process.exitCode = 7; process.stdin.destroy(); })';
    const peer = wrapCommand(['--policy', policy, '--', process.execPath, '-e', script], {
      env: { PORTCULLIS_HOME: home },
    });
    expect((await peer.initialize()).error?.data).toEqual({ code: 'PC_UPSTREAM_DIED' });
    expect((await peer.process.exited).code).toBe(7);
    expect(peer.process.output()).toContain('the server is gone: exit code 7: out of cheese');
  });

  it('gives what a shell says of a signal', async () => {
    const peer = wrapCommand(
      ['--policy', policy, '--', process.execPath, '-e', 'process.kill(process.pid, 9)'],
      {
        env: { PORTCULLIS_HOME: home },
      },
    );
    expect((await peer.process.exited).code).toBe(137);
  });
});

it('answers what was asked before standard input ended', async () => {
  const call = (id: number) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'echo', arguments: {} },
  });
  const ran = await wrapped([process.execPath, '-e', SLOW_SERVER], [INITIALIZE, call(2), call(3)]);
  expect(ran.code).toBe(0);
  expect(answers(ran.stdout).map(({ id, result }) => [id, result?.content])).toEqual([
    [1, undefined],
    [2, []],
    [3, []],
  ]);
});
