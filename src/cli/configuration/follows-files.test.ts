import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readEnvironment } from '../environment.ts';
import type { Installation } from '../installation.ts';
import { openBench, type Bench } from '../testing/run.ts';
import { followConfiguration } from './follow-configuration.ts';

const CONFIG = {
  servers: [{ name: 'a', url: 'https://a.example' }],
  policies: [{ name: 'p', server: 'a', file: 'p.json' }],
};
const POLICY = '{"version":"1","default":"deny"}';

let bench: Bench;
let installation: Installation;
let follower: { close(): void } | undefined;
const logged: string[] = [];
const logger = {
  debug() {},
  info: (_: object, text: string) => void logged.push(text),
  warn: (_: object, text: string) => void logged.push(text),
  error: (_: object, text: string) => void logged.push(text),
};

beforeEach(async () => {
  bench = await openBench();
  installation = await bench.open();
  logged.length = 0;
});
afterEach(async () => {
  follower?.close();
  await installation.store.close();
  await bench.close();
});

const follow = async () =>
  void (follower = await followConfiguration(readEnvironment(bench.variables), installation, logger));
const versions = async () => (await installation.store.policies.list()).map(({ version }) => version);

it('applies at start, on change of a policy file, and when an editor replaces a file', async () => {
  await bench.file('p.json', POLICY);
  await bench.file('portcullis.yaml', CONFIG);
  await follow();
  expect(await versions()).toEqual([1]);
  await bench.file('p.json', '{"version":"1","default":"allow"}');
  await expect.poll(versions, { timeout: 5000 }).toEqual([2]);
  await writeFile(join(bench.home, 'p.json.tmp'), POLICY);
  await rename(join(bench.home, 'p.json.tmp'), join(bench.home, 'p.json'));
  await expect.poll(versions, { timeout: 5000 }).toEqual([3]);
});

it('keeps the state before when the file becomes wrong, and goes on when it is right again', async () => {
  await bench.file('p.json', POLICY);
  await bench.file('portcullis.yaml', CONFIG);
  await follow();
  await bench.file(
    'portcullis.yaml',
    '{"servers": [{"name": "a"}], "policies": [{"name":"p","server":"a","file":"p.json"}]}',
  );
  await expect.poll(() => logged.at(-1), { timeout: 5000 }).toContain('was not applied');
  expect((await installation.store.servers.list()).length).toBe(1);
  await bench.file('portcullis.yaml', { ...CONFIG, policies: [] });
  await expect.poll(versions, { timeout: 5000 }).toEqual([]);
});

it('takes a file that appears later', async () => {
  await follow();
  await bench.file('p.json', POLICY);
  await bench.file('portcullis.yaml', CONFIG);
  await expect.poll(versions, { timeout: 5000 }).toEqual([1]);
});

it('does not start on a wrong file, or without the one that was asked for', async () => {
  await bench.file('portcullis.yaml', 'servers: 7');
  await expect(follow()).rejects.toMatchObject({ code: 'PC_CONFIG_INVALID' });
  bench.variables['PORTCULLIS_CONFIG'] = join(bench.home, 'none.yaml');
  await expect(follow()).rejects.toMatchObject({ code: 'PC_CONFIG_INVALID' });
});
