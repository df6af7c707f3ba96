/** Promise: a log that was altered is found out, and the place is named. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packLines, unpackLines } from '../../src/store/log/packed-lines.ts';
import { guardServer, portcullis, startFixture, startGateway } from '../kit/index.ts';
import { callMany } from './calls.ts';

const POLICY = { version: '1', default: 'deny', tools: { write_note: {} } };
let home: string;
let copy: string;
let lines: string[];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-tamper-'));
  copy = join(home, 'copy.jsonl');
  const recorder = await startFixture('recorder');
  const gateway = await startGateway({ home });
  const guarded = await guardServer(gateway, { name: 'recorder', url: recorder.url }, POLICY);
  await callMany(guarded, 'write_note', ['a', 'b', 'c'], 1);
  await callMany(guarded, 'delete_account', ['d', 'e'], 1);
  await gateway.stop();
  await recorder.stop();
  expect((await portcullis(home, 'log', 'export', '--out', copy)).code).toBe(0);
  lines = (await readFile(copy, 'utf8')).split('\n');
});
afterAll(() => rm(home, { recursive: true, force: true }));

const verifyCopy = async (changed: readonly string[]): ReturnType<typeof portcullis> => {
  await writeFile(copy, changed.join('\n'));
  return portcullis(home, 'log', 'verify', copy);
};

it('an untouched copy and an untouched database verify', async () => {
  expect(await verifyCopy(lines)).toMatchObject({ code: 0 });
  expect(await portcullis(home, 'log', 'verify')).toMatchObject({ code: 0 });
});

it('an altered line of a copy is named', async () => {
  const index = lines.findIndex((line) => line.includes('"outcome":"deny"'));
  expect(index).toBeGreaterThan(0);
  const altered = lines.with(index, lines[index]!.replace('"outcome":"deny"', '"outcome":"allow"'));
  const verified = await verifyCopy(altered);
  expect(verified.code).toBe(1);
  expect(verified.stderr).toContain(`line ${index + 1}: `);
});

it('a line that is missing in a copy, or moved, is named', async () => {
  const missing = await verifyCopy(lines.toSpliced(2, 1));
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('line 3: ');
  const swapped = await verifyCopy(lines.with(2, lines[3]!).with(3, lines[2]!));
  expect(swapped.code).toBe(1);
  expect(swapped.stderr).toContain('line 3: ');
});

it('a copy that ends too early is found out', async () => {
  const verified = await verifyCopy(lines.slice(0, 4));
  expect(verified.code).toBe(1);
  expect(verified.stderr).toMatch(/^line \d+: /);
});

/** What `log verify` says of a database in which a block's bytes were changed; they are put back afterwards. */
async function verifyBytes(change: (bytes: Buffer) => Buffer): ReturnType<typeof portcullis> {
  const database = new DatabaseSync(join(home, 'portcullis.db'));
  const blocks = database.prepare('select chain, first_seq, lines from log_blocks').all() as {
    chain: string;
    first_seq: number;
    lines: Uint8Array;
  }[];
  // Which entries share a block is a matter of milliseconds.
  const block = blocks
    .toSorted((a, b) => b.lines.length - a.lines.length)
    .find(({ lines: bytes }) => unpackLines(bytes).includes('write_note'));
  const put = database.prepare('update log_blocks set lines = ? where chain = ? and first_seq = ?');
  put.run(change(Buffer.from(block!.lines)), block!.chain, block!.first_seq);
  const verified = await portcullis(home, 'log', 'verify');
  put.run(block!.lines, block!.chain, block!.first_seq);
  database.close();
  return verified;
}

/** The same with its lines. */
const verifyChanged = (change: (lines: string[]) => string[]): ReturnType<typeof portcullis> =>
  verifyBytes((bytes) =>
    packLines(Buffer.from(change(unpackLines(bytes).toString().split('\n')).join('\n'))),
  );

it('a line that is missing in the database is named', async () => {
  let missing = 0;
  const verified = await verifyChanged((found) => {
    missing = (JSON.parse(found[1]!) as { chain: { seq: number } }).chain.seq;
    return found.toSpliced(1, 1);
  });
  expect(verified.code).toBe(1);
  expect(verified.stderr).toContain(`after seq ${missing - 1} comes ${missing + 1}`);
});

it('a line that was altered in the database is named', async () => {
  let altered = -1;
  const verified = await verifyChanged((found) => {
    altered = found.findIndex((line) => line.includes('write_note'));
    return found.with(altered, found[altered]!.replace('write_note', 'write_nope'));
  });
  expect(altered).toBeGreaterThanOrEqual(0);
  expect(verified.code).toBe(1);
  expect(verified.stderr).toMatch(/seq \d+.*altered/);
});

it('bytes that were altered in the database, or cut off, are named', async () => {
  for (const change of [
    (bytes: Buffer) => bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 4),
    (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1),
    () => Buffer.alloc(0),
  ]) {
    const verified = await verifyBytes(change);
    expect(verified.code).toBe(1);
    expect(verified.stderr).toMatch(/seq \d+|missing/);
  }
});

it('a block that is missing in the database is named', async () => {
  const database = new DatabaseSync(join(home, 'portcullis.db'));
  const changes = database.prepare('delete from log_blocks where first_seq = 1').run().changes;
  database.close();
  expect(Number(changes)).toBe(1);
  const verified = await portcullis(home, 'log', 'verify');
  expect(verified.code).toBe(1);
  expect(verified.stderr).toMatch(/missing/);
});
