import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { openDecisionLog } from './decision-log.ts';
import { readLine } from './line.ts';
import { MemoryEntries, optionsFor, scratchDirectory, SIGNING_KEY } from './samples.ts';
import { verifyStore } from './verify-store.ts';

let program: string;

beforeAll(async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'portcullis-child-'));
  const source = join(import.meta.dirname, 'append-until-killed.sample.ts');
  await symlink(join(import.meta.dirname, '../../node_modules'), join(outDir, 'node_modules'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: source,
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  program = join(outDir, 'child.mjs');
});

afterAll(() => rm(join(program, '..'), { recursive: true, force: true }));

/** Lets the process run until it has acknowledged `count` entries, then kills it without warning. */
async function killedAfter(count: number, directory: string): Promise<string[]> {
  const key = SIGNING_KEY.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const child = spawn(process.execPath, [program, directory, Buffer.from(key).toString('base64')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  return acknowledged;
}

describe('a process killed in the middle of thousands of appends', () => {
  it('loses no acknowledged entry, leaves an unbroken chain, settled calls and true counters', async () => {
    const [directory, store] = [await scratchDirectory(), new MemoryEntries()];
    const acknowledged = await killedAfter(3_000, directory);
    const log = await openDecisionLog(optionsFor(directory, store));
    await log.close();
    expect(await verifyStore(store, { publicKey: SIGNING_KEY.publicKeyPem })).toMatchObject({ ok: true });

    const rows = store.rows.get('node-1') ?? [];
    const written = new Set(
      rows.map((row) => `${row.kind} ${row.id} ${row.seq} ${readLine(row.line)?.hash}`),
    );
    expect(acknowledged.filter((line) => !written.has(line))).toEqual([]);
    const intents = rows.filter(({ kind }) => kind === 'intent');
    const decided = new Set(rows.filter(({ kind }) => kind === 'decision').map(({ id }) => id));
    expect(intents.filter(({ id }) => !decided.has(id))).toEqual([]);
    expect((await store.entries.get('in flight when killed')).at(-1)).toMatchObject({
      kind: 'decision',
      outcome: 'unknown',
    });
    expect(store.counted).toEqual(new Map([['k@0', intents.length]]));
  });
});
