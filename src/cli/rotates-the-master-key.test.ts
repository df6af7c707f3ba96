import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBench, type Bench } from './testing/run.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.close());

async function run(...args: string[]): Promise<string> {
  const ran = await bench.run(...args);
  expect(ran, ran.err).toMatchObject({ code: 0 });
  return ran.out;
}

async function registered(): Promise<string> {
  await run('server', 'add', 'a', '--url', 'https://a.example', '--header', 'X-Key: k');
  return (await run('grant', 'mint', 'a', '--label', 'one')).split('\n')[0]!;
}

it('seals everything under a new key, keeps the old one until it is forgotten, and loses nothing', async () => {
  await registered();
  const token = await run('grant', 'reveal', 'one');
  const [file, retired] = ['master.key', 'master.key.previous'].map((name) => join(bench.home, name));
  const before = readFileSync(file!, 'utf8');
  expect(await run('admin', 'rotate-master-key')).toContain('Sealed 2 rows');
  expect(readFileSync(file!, 'utf8')).not.toBe(before);
  expect(readFileSync(retired!, 'utf8')).toBe(before);
  expect(await run('grant', 'reveal', 'one')).toBe(token);
  expect(await run('admin', 'rotate-master-key', '--forget-previous')).toContain('Sealed 0 rows');
  expect(existsSync(retired!)).toBe(false);
  expect(await run('grant', 'reveal', 'one')).toBe(token);
});

it('takes the keys of the environment, and wants both', async () => {
  const [one, two] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  bench.variables['PORTCULLIS_MASTER_KEY'] = one;
  await registered();
  const token = await run('grant', 'reveal', 'one');
  const alone = await bench.run('admin', 'rotate-master-key');
  expect(alone).toMatchObject({ code: 1 });
  expect(alone.err).toContain('PORTCULLIS_MASTER_KEY_PREVIOUS');
  bench.variables['PORTCULLIS_MASTER_KEY'] = two;
  bench.variables['PORTCULLIS_MASTER_KEY_PREVIOUS'] = one;
  expect(await run('admin', 'rotate-master-key')).toContain('Sealed 2 rows');
  delete bench.variables['PORTCULLIS_MASTER_KEY_PREVIOUS'];
  expect(await run('grant', 'reveal', 'one')).toBe(token);
});
