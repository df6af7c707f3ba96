/** What a shell reads of the program when its surroundings fail it. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROGRAM, runToEnd } from '../kit/index.ts';

let home: string;
let policy: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-shell-'));
  policy = join(home, 'policy.json');
  await writeFile(policy, '{ "version": "1", "default": "allow" }');
});

afterAll(() => rm(home, { recursive: true, force: true }));

const run = (...args: string[]) => runToEnd(PROGRAM, args, { env: { PORTCULLIS_HOME: home } });

it.runIf(existsSync('/dev/full'))('a copy that does not fit on the disk is no success', () => {
  const full = openSync('/dev/full', 'w');
  const ran = spawnSync(process.execPath, [PROGRAM, 'log', 'export'], {
    env: { ...process.env, PORTCULLIS_HOME: home },
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  expect(ran.status).toBe(1);
  expect(ran.stderr).toContain('portcullis: standard output cannot be written: ENOSPC');
});

it('a port that is taken is said in one line', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const ran = await run('wrap', '--policy', policy, '--listen', `${port}`, '--', process.execPath);
  taken.close();
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/^portcullis: cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE.*\n$/);
});

it.each([
  ['start', ['start']],
  ['wrap', ['wrap', '--policy', 'POLICY', '--', 'true']],
  ['any other command', ['server', 'list']],
])('%s names a variable that is misspelt, once, and goes on', async (_, args) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const env = { PORTCULLIS_HOME: home, PORTCULLIS_PORT: String(port), PORTCULLIS_ADMIN_KEI: 's3cret-word' };
  const ran = await runToEnd(
    PROGRAM,
    args.map((one) => (one === 'POLICY' ? policy : one)),
    { env },
  );
  taken.close();
  const said = ran.stdout + ran.stderr;
  expect(said.match(/PORTCULLIS_ADMIN_KEI \(did you mean PORTCULLIS_ADMIN_KEY\?\)/g)).toHaveLength(1);
  expect(said).not.toContain('s3cret-word');
});

it.each([
  ['--token', ['--token', 'pcg_0123456789abcdef', '--', 'true']],
  ['--header', ['--header', 'A: b', '--', 'true']],
  ['--transport', ['--transport', 'sse', '--', 'true']],
  ['--env', ['--env', 'A=b', '--upstream', 'http://127.0.0.1:1/mcp']],
])('wrap refuses %s where it would do nothing', async (option, args) => {
  const ran = await run('wrap', '--policy', policy, ...args);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(new RegExp(`^portcullis: .*${option}.* with `));
});

it('help says nothing of empty defaults', async () => {
  const { stdout } = await run('server', 'add', '--help');
  expect(stdout).toContain('repeatable');
  expect(stdout).not.toContain('[]');
});
