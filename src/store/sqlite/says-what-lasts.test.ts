import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqliteHandle, type SqliteHandle } from './handle.ts';

/** What `PRAGMA synchronous` says: https://www.sqlite.org/pragma.html#pragma_synchronous */
const NORMAL = 1;
const FULL = 2;

let directory: string;
let handle: SqliteHandle;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'portcullis-handle-'));
  handle = await openSqliteHandle(join(directory, 'a.db'));
  handle.exec('create table a (b)');
});
afterEach(async () => {
  await handle.close();
  await rm(directory, { recursive: true });
});

function level(): unknown {
  const [row] = handle.prepare('PRAGMA synchronous').run([]).rows;
  return (row as { synchronous: number }).synchronous;
}

it('waits for the disk at each commit, unless the transaction says that it need not last', async () => {
  expect(await handle.transaction(async () => level())).toBe(FULL);
  expect(await handle.transaction(async () => level(), false)).toBe(NORMAL);
  expect(level()).toBe(FULL);
});

it('waits again after a transaction that need not last has failed', async () => {
  const failing = handle.transaction(() => Promise.reject(new Error('no')), false);
  await expect(failing).rejects.toThrow('no');
  expect(level()).toBe(FULL);
});

it('waits once for what is done together, also when that fails', async () => {
  const seen = await handle.together(async () => {
    const inside = await handle.transaction(async () => level());
    await handle.together(async () => {});
    return [inside, level()];
  });
  expect(seen).toEqual([NORMAL, NORMAL]);
  expect(level()).toBe(FULL);
  await expect(handle.together(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(level()).toBe(FULL);
});
