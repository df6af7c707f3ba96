import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDecisionLog } from './decision-log.ts';
import type { OpenedDecisionLog } from './decision-log.ts';
import { recoverSpool } from './recover-spool.ts';
import { entryOf, MemoryEntries, optionsFor, scratchDirectory, SIGNING_KEY } from './samples.ts';
import { SharedText, StatedText } from './stated-text.ts';
import { openSpoolFile } from './spool-file.ts';
import { verifyStore } from './verify-store.ts';

const publicKey = SIGNING_KEY.publicKeyPem;

function add(log: OpenedDecisionLog, id: string): Promise<{ seq: number }> {
  const { index, body } = entryOf('decision', id);
  return log.append(index, body);
}

/** A file system of its own of 128 KiB, or why there is none. */
async function smallDisk(): Promise<string | undefined> {
  const path = await scratchDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', path]));
  return path;
}

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const onOwnDisk = it.skipIf(!canMount);
const why = canMount ? '' : ' (skipped: only root on Linux can mount a small file system)';

/** Runs appends until one is refused; resolves how many were acknowledged. */
async function fill(log: OpenedDecisionLog): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let i = 0; i < 10_000; i++) {
    const results = await Promise.allSettled([0, 1, 2, 3].map((part) => add(log, `call-${i}-${part}`)));
    acknowledged.push(
      ...results.flatMap((result, part) => (result.status === 'fulfilled' ? [`call-${i}-${part}`] : [])),
    );
    const refused = results.find((result) => result.status === 'rejected');
    if (refused === undefined) continue;
    expect(refused.reason).toMatchObject({ code: 'PC_LOG_UNAVAILABLE' });
    return acknowledged;
  }
  throw new Error('never refused');
}

describe('a journal that cannot be written', () => {
  onOwnDisk(
    `because its disk is full refuses at once, and takes entries again when there is space${why}`,
    async ({ skip }) => {
      const disk = await smallDisk();
      if (disk === undefined) return skip('this machine does not let root mount a tmpfs');
      const store = new MemoryEntries();
      const ballast = join(disk, 'ballast');
      await writeFile(ballast, Buffer.alloc(64 * 1024));
      const log = await openDecisionLog(
        optionsFor(join(disk, 'spool'), store, { limits: { batchDelayMs: 60_000, batchEntries: 100_000 } }),
      );
      const before = await fill(log);
      expect(log.trouble).toBe('the disk is full');
      await expect(add(log, 'refused')).rejects.toThrow(/the disk is full/);
      await rm(ballast);
      await expect.poll(() => log.trouble).toBeUndefined();
      await add(log, 'after');
      await log.close();
      const stored = store.rows
        .get('node-1')
        ?.filter(({ kind }) => kind === 'decision')
        .map(({ id }) => id);
      expect(stored).toEqual([...before, 'after']);
      expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
    },
  );

  onOwnDisk(`because its disk is read-only says so, and begins when it is not${why}`, async ({ skip }) => {
    const disk = await smallDisk();
    if (disk === undefined) return skip('this machine does not let root mount a tmpfs');
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const store = new MemoryEntries();
    const log = await openDecisionLog(optionsFor(join(disk, 'spool'), store));
    expect(log.trouble).toBe('the file system is read-only');
    await expect(add(log, 'refused')).rejects.toMatchObject({ code: 'PC_LOG_UNAVAILABLE' });
    execFileSync('mount', ['-o', 'remount,rw', disk]);
    await expect.poll(() => log.trouble).toBeUndefined();
    expect(await add(log, 'a')).toMatchObject({ seq: 2 });
    await log.close();
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true, entries: 3 });
  });

  it('cuts off what a failed write left, uses its positions again, and refuses what waited behind it', async () => {
    const [directory, store] = [await scratchDirectory(), new MemoryEntries()];
    const disk = { broken: false };
    const openFile: typeof openSpoolFile = async (path) => {
      if (disk.broken) throw Object.assign(new Error('broken'), { code: 'EIO' });
      const file = await openSpoolFile(path);
      return {
        ...file,
        write: async (bytes, position) => {
          if (!disk.broken) return file.write(bytes, position);
          const handle = await open(path, 'r+');
          await handle.write(bytes, 0, Math.floor(bytes.length / 2), position);
          await handle.close();
          throw Object.assign(new Error('broken'), { code: 'EIO' });
        },
      };
    };
    const log = await openDecisionLog(optionsFor(directory, store, { openFile, limits: { retryMs: 20 } }));
    await add(log, 'a');
    disk.broken = true;
    const results = await Promise.allSettled(['b', 'c'].map((id) => add(log, id)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(log.trouble).toBe('the disk reports an input/output error');
    // A crash now: nothing of what was refused may come back.
    await log.settled();
    const [copy, crashed] = [await scratchDirectory(), new MemoryEntries()];
    await cp(directory, copy, { recursive: true });
    await recoverSpool(copy, crashed, { organization: 'org-1', signingKey: SIGNING_KEY, clock: Date.now });
    expect(crashed.rows.get('node-1')?.map(({ kind }) => kind)).toEqual([
      'checkpoint',
      'decision',
      'checkpoint',
    ]);
    disk.broken = false;
    await expect.poll(() => log.trouble).toBeUndefined();
    expect(await add(log, 'd')).toMatchObject({ seq: 4 });
    await log.close();
    expect(store.rows.get('node-1')?.map(({ kind, id }) => (kind === 'checkpoint' ? kind : id))).toEqual([
      'checkpoint',
      'a',
      'checkpoint',
      'd',
      'checkpoint',
    ]);
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
  });

  it('keeps what nobody waits for until the disk is back, and gives it up when it closes before', async () => {
    const store = new MemoryEntries();
    const disk = { broken: false };
    const openFile: typeof openSpoolFile = async (path) => {
      const file = await openSpoolFile(path);
      const write: typeof file.write = (bytes, position) =>
        disk.broken
          ? Promise.reject(Object.assign(new Error('broken'), { code: 'EIO' }))
          : file.write(bytes, position);
      return { ...file, write };
    };
    const log = await openDecisionLog(
      optionsFor(await scratchDirectory(), store, { openFile, limits: { retryMs: 20, lateMs: 1 } }),
    );
    const lost: string[] = [];
    const note = (id: string): void => {
      const facts = { id, at: 1, organization: 'org-1' };
      const body = new StatedText(new SharedText(''), JSON.stringify(facts).slice(1, -1));
      log.note({ kind: 'decision', ...facts }, body, () => lost.push(id));
    };
    disk.broken = true;
    note('a');
    await expect(add(log, 'refused')).rejects.toThrow(/input\/output/);
    note('b');
    await log.settled();
    disk.broken = false;
    await expect.poll(() => log.trouble).toBeUndefined();
    await add(log, 'c');
    await log.settled();
    const decisions = (): (string | undefined)[] | undefined =>
      store.rows
        .get('node-1')
        ?.filter(({ kind }) => kind === 'decision')
        .map(({ id }) => id);
    expect(decisions()).toEqual(['a', 'b', 'c']);
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
    disk.broken = true;
    await expect(add(log, 'refused')).rejects.toThrow(/input\/output/);
    note('d');
    await log.close();
    expect(lost).toEqual(['d']);
    expect(decisions()).toEqual(['a', 'b', 'c']);
  });

  it('does not queue without end behind a slow disk', async () => {
    const gate = new EventEmitter();
    const opened = once(gate, 'open');
    let writes = 0;
    const openFile: typeof openSpoolFile = async (path) => {
      const file = await openSpoolFile(path);
      const write = async (bytes: Buffer, position: number): Promise<void> => {
        if (writes++ > 0) await opened;
        await file.write(bytes, position);
      };
      return { ...file, write };
    };
    const log = await openDecisionLog(
      optionsFor(await scratchDirectory(), new MemoryEntries(), { openFile, limits: { maxWaiting: 3 } }),
    );
    const waiting = ['a', 'b', 'c'].map((id) => add(log, id));
    await expect(add(log, 'd')).rejects.toThrow(/does not keep up/);
    gate.emit('open');
    expect((await Promise.all(waiting)).map(({ seq }) => seq)).toEqual([2, 3, 4]);
    await log.close();
  });
});

describe('a database that takes nothing', () => {
  it('does not stop the log until the journal is full; then it refuses, and goes on when the database is back', async () => {
    const [directory, store] = [await scratchDirectory(), new MemoryEntries()];
    const log = await openDecisionLog(
      optionsFor(directory, store, {
        limits: { maxSpoolEntries: 400, maxInMemory: 50, batchEntries: 30, segmentBytes: 20_000 },
      }),
    );
    await log.settled();
    store.failing = true;
    const acknowledged = await fill(log);
    expect(acknowledged.length).toBeGreaterThanOrEqual(396);
    expect(log.trouble).toMatch(/journal is full because the database takes nothing: .*switched off/);
    store.failing = false;
    await log.settled();
    expect(log.trouble).toBeUndefined();
    await add(log, 'after');
    await log.close();
    expect(
      store.rows
        .get('node-1')
        ?.filter(({ kind }) => kind === 'decision')
        .map(({ id }) => id),
    ).toEqual([...acknowledged, 'after']);
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
    expect(await readdir(directory)).toEqual(['chain']);
  });

  it('also counts bytes', async () => {
    const store = new MemoryEntries();
    const log = await openDecisionLog(
      optionsFor(await scratchDirectory(), store, { limits: { maxSpoolBytes: 50_000 } }),
    );
    await log.settled();
    store.failing = true;
    expect((await fill(log)).length).toBeGreaterThan(20);
    await log.close();
  });

  it('leaves the rest to the next start when the log closes meanwhile', async () => {
    const [directory, store] = [await scratchDirectory(), new MemoryEntries()];
    const log = await openDecisionLog(optionsFor(directory, store));
    await log.settled();
    store.failing = true;
    await add(log, 'a');
    const settled = expect(log.settled()).rejects.toMatchObject({ code: 'PC_SHUTTING_DOWN' });
    await log.close();
    await settled;
    await expect(openDecisionLog(optionsFor(directory, store))).rejects.toMatchObject({
      code: 'PC_STORE_UNAVAILABLE',
    });
    store.failing = false;
    const next = await openDecisionLog(optionsFor(directory, store));
    expect(next.recovery).toMatchObject({ moved: 2 });
    await next.close();
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
  });
});
