import { appendFile, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDecisionLog } from './decision-log.ts';
import type { OpenedDecisionLog } from './decision-log.ts';
import { bodyOf } from './line.ts';
import { mergeEntries } from './record.ts';
import { recoverSpool } from './recover-spool.ts';
import {
  entryOf,
  MemoryEntries,
  optionsFor,
  scratchDirectory,
  SIGNING_KEY,
  steppedClock,
  ORGANIZATION,
} from './samples.ts';
import type { EntryIndex } from './types.ts';
import { verifyStore } from './verify-store.ts';

const publicKey = SIGNING_KEY.publicKeyPem;

async function add(
  log: OpenedDecisionLog,
  kind: EntryIndex['kind'],
  id: string,
  change: Partial<EntryIndex> = {},
): Promise<void> {
  const { index, body } = entryOf(kind, id, change);
  await log.append(index, body);
}

/** A spool as a process leaves it that dies while its database is away: copied while the log is open. */
async function leftBehind(
  fill: (log: OpenedDecisionLog) => Promise<void>,
): Promise<{ directory: string; store: MemoryEntries }> {
  const [live, directory, store] = [await scratchDirectory(), await scratchDirectory(), new MemoryEntries()];
  const log = await openDecisionLog(optionsFor(live, store));
  await log.settled();
  store.failing = true;
  await fill(log);
  await cp(live, directory, { recursive: true });
  await log.close();
  store.failing = false;
  return { directory, store };
}

const segmentsOf = async (directory: string): Promise<string[]> =>
  (await readdir(directory)).filter((name) => name.endsWith('.jsonl'));

/** The whole lines of a journal file, without the room behind them. */
async function wholeLines(path: string): Promise<Buffer> {
  const bytes = await readFile(path);
  return bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
}

describe('what a dead process left behind', () => {
  it('is in the database after the next start, and an intent without a decision has one that says unknown', async () => {
    const { directory, store } = await leftBehind(async (log) => {
      await add(log, 'intent', 'done', { counters: [{ key: 'k', bucket: 0, amount: 3, expires: 10 }] });
      await add(log, 'decision', 'done');
      await add(log, 'intent', 'lost', { counters: [{ key: 'k', bucket: 0, amount: 2, expires: 10 }] });
    });
    expect(store.lines()).toHaveLength(1);
    const log = await openDecisionLog(optionsFor(directory, store));
    expect(log.recovery).toMatchObject({ moved: 3, unknown: 1, damaged: [] });
    expect(mergeEntries(await store.entries.get('lost'))).toMatchObject({
      id: 'lost',
      outcome: 'unknown',
      dispatched: 'unknown',
      tool: 'send',
      grant: { id: 'grt', label: 'alice' },
    });
    expect((await store.entries.get('lost')).at(-1)).toMatchObject({
      kind: 'decision',
      outcome: 'unknown',
      server: 'srv',
      grantId: 'grt',
      tool: 'send',
    });
    expect(store.counted).toEqual(new Map([['k@0', 5]]));
    await log.close();
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
  });

  it('is adopted by another process once, however often it tries', async () => {
    const { directory, store } = await leftBehind(async (log) => {
      await add(log, 'intent', 'lost');
    });
    const saved = await scratchDirectory();
    await cp(directory, saved, { recursive: true });
    const adopter = { organization: ORGANIZATION, signingKey: SIGNING_KEY, clock: steppedClock() };
    expect(await recoverSpool(directory, store, adopter)).toMatchObject({
      chain: 'node-1',
      moved: 1,
      unknown: 1,
    });
    expect(await segmentsOf(directory)).toEqual([]);
    const lines = store.lines();
    // As if the files had not been removed any more.
    expect(await recoverSpool(saved, store, adopter)).toMatchObject({ moved: 0, unknown: 0 });
    expect(store.lines()).toEqual(lines);
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
    expect(await recoverSpool(await scratchDirectory(), store, adopter)).toBeUndefined();
  });

  it('is settled also when the intent was in the database before the crash', async () => {
    const [directory, store] = [await scratchDirectory(), new MemoryEntries()];
    const first = await openDecisionLog(optionsFor(directory, store, { limits: { checkpointEntries: 5 } }));
    await add(first, 'intent', 'long');
    for (let i = 0; i < 20; i++) await add(first, 'decision', `other-${i}`);
    await first.close();
    const second = await openDecisionLog(optionsFor(directory, store));
    expect(second.recovery.unknown).toBe(1);
    await second.close();
    const third = await openDecisionLog(optionsFor(directory, store));
    expect(third.recovery.unknown).toBe(0);
    await third.close();
  });

  it.each([
    { cut: 1, room: 0 },
    { cut: 40, room: 0 },
    { cut: 200, room: 0 },
    { cut: 1, room: 10 },
    { cut: 200, room: 3_000_000 },
  ])('loses nothing but a torn last line (cut by $cut bytes, $room zeros behind)', async ({ cut, room }) => {
    const { directory, store } = await leftBehind(async (log) => {
      for (const id of ['a', 'b', 'c']) await add(log, 'decision', id);
    });
    const [name = ''] = await segmentsOf(directory);
    const lines = await wholeLines(join(directory, name));
    await writeFile(
      join(directory, name),
      Buffer.concat([lines.subarray(0, lines.length - cut), Buffer.alloc(room)]),
    );
    const log = await openDecisionLog(optionsFor(directory, store));
    expect(log.recovery).toMatchObject({ moved: 2, damaged: [] });
    await log.close();
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
    expect(store.rows.get('node-1')?.map(({ id }) => id)).not.toContain('c');
  });

  it.each([0, 1, 3_000_000])('ends where nothing but zeros follow (%i of them)', async (room) => {
    const { directory, store } = await leftBehind(async (log) => {
      for (const id of ['a', 'b']) await add(log, 'decision', id);
    });
    const [name = ''] = await segmentsOf(directory);
    const lines = await wholeLines(join(directory, name));
    await writeFile(join(directory, name), Buffer.concat([lines, Buffer.alloc(room)]));
    const log = await openDecisionLog(optionsFor(directory, store));
    expect(log.recovery).toMatchObject({ moved: 2, damaged: [] });
    await log.close();
  });

  it.each([1, 3_000_000])('is damaged where a line follows %i zeros', async (zeros) => {
    const { directory, store } = await leftBehind(async (log) => {
      for (const id of ['a', 'b']) await add(log, 'decision', id);
    });
    const [name = ''] = await segmentsOf(directory);
    const text = (await readFile(join(directory, name), 'utf8')).replaceAll('\0', '');
    const [before, last] = [
      text.slice(0, text.trimEnd().lastIndexOf('\n') + 1),
      text.trimEnd().split('\n').at(-1)!,
    ];
    await writeFile(join(directory, name), `${before}${'\0'.repeat(zeros)}${last}\n`);
    const log = await openDecisionLog(optionsFor(directory, store));
    expect(log.recovery).toMatchObject({ moved: 1, damaged: [name] });
    await log.close();
  });

  it('is set aside and reported from the first line that is not an entry in its place', async () => {
    const { directory, store } = await leftBehind(async (log) => {
      for (const id of ['a', 'b', 'c']) await add(log, 'decision', id);
    });
    const [name = ''] = await segmentsOf(directory);
    const text = await readFile(join(directory, name), 'utf8');
    await writeFile(join(directory, name), text.replace('"id":"b"', '"id":"x"'));
    const log = await openDecisionLog(optionsFor(directory, store));
    expect(log.recovery).toMatchObject({ moved: 1, damaged: [name] });
    await log.close();
    expect(await readFile(join(directory, `${name}.damaged`), 'utf8')).toContain('"id":"x"');
    const event = store.rows.get('node-1')?.find(({ kind }) => kind === 'event');
    expect(bodyOf(event?.line ?? '')).toMatchObject({ event: 'journal_damaged', file: name });
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true });
  });

  it('ends where the next file begins: what a failed write left after that is void', async () => {
    const { directory, store } = await leftBehind(async (log) => {
      for (const id of ['a', 'b']) await add(log, 'decision', id);
    });
    const other = await leftBehind(async (log) => {
      for (const id of ['a', 'refused', 'refused too']) await add(log, 'decision', id);
    });
    const [name = ''] = await segmentsOf(directory);
    const lines = (await readFile(join(directory, name), 'utf8')).split('\n').slice(0, -1);
    const refused = (await readFile(join(other.directory, name), 'utf8')).split('\n').slice(2, 4);
    await writeFile(join(directory, name), `${lines.slice(0, 2).join('\n')}\n`);
    await appendFile(join(directory, name), `${refused.join('\n')}\n`);
    await writeFile(join(directory, '0000000000000003.000000.jsonl'), `${lines[2]}\n`);
    const log = await openDecisionLog(optionsFor(directory, store));
    expect(log.recovery).toMatchObject({ moved: 2, damaged: [] });
    await log.close();
    expect(
      store.rows
        .get('node-1')
        ?.map(({ id }) => id)
        .slice(1, 3),
    ).toEqual(['a', 'b']);
  });
});
