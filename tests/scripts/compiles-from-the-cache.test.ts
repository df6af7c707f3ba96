/** Promise: the code cache makes starts faster and can do nothing else; what runs is what the files say. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Script } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cacheOf, cachePath, compile, load } from '../../bin/load.js';

const DIST = resolve(import.meta.dirname, '../../dist');

let folder: string;
let entry: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-load-'));
  entry = join(folder, 'entry.cjs');
  write(
    'entry.cjs',
    'const { answer } = require("./part.cjs"); exports.said = answer(); exports.file = __filename;',
  );
  write('part.cjs', 'exports.answer = () => 1;');
  const compiled = new Map<string, Script>();
  expect(load(entry, compiled)).toEqual({ said: 1, file: entry });
  for (const [path, script] of compiled) writeFileSync(cachePath(path), cacheOf(path, script));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

it('compiles from the cache of the same text', () => {
  expect(compile(entry).cachedDataRejected).toBe(false);
  expect(load(entry)).toEqual({ said: 1, file: entry });
});

it('runs the text when it has changed, though it is as long as before', () => {
  write('part.cjs', 'exports.answer = () => 2;');
  expect(compile(join(folder, 'part.cjs')).cachedDataRejected).toBeUndefined();
  expect(load(entry)).toMatchObject({ said: 2 });
});

it.each([
  ['empty', (): Buffer => Buffer.alloc(0)],
  ['cut off', (cache: Buffer): Buffer => cache.subarray(0, 60)],
  [
    'altered',
    (cache: Buffer): Buffer =>
      Buffer.concat([cache.subarray(0, 32), cache.subarray(32).map((byte) => byte ^ 255)]),
  ],
])('runs the text when the cache is %s', (_, damaged) => {
  for (const name of ['entry.cjs', 'part.cjs'])
    writeFileSync(cachePath(join(folder, name)), damaged(readFileSync(cachePath(join(folder, name)))));
  expect(load(entry)).toMatchObject({ said: 1 });
});

it('stands beside every file that a start of the built program needs', () => {
  const start = readdirSync(join(DIST, 'chunks')).find((name) => /^start-.*\.cjs$/.test(name))!;
  for (const path of [join(DIST, 'portcullis.cjs'), join(DIST, 'chunks', start)])
    expect(compile(path).cachedDataRejected).toBe(false);
});
