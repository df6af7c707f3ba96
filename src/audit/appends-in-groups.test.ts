import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openDecisionLog } from './decision-log.ts';
import { bodyOf } from './line.ts';
import {
  entryOf,
  MemoryEntries,
  optionsFor,
  ORGANIZATION,
  scratchDirectory,
  SIGNING_KEY,
  steppedClock,
} from './samples.ts';
import { openSpoolFile } from './spool-file.ts';
import { verifyLines } from './verify-lines.ts';
import { verifyStore } from './verify-store.ts';

const publicKey = SIGNING_KEY.publicKeyPem;

describe('the decision log', () => {
  it('gives appends consecutive positions in order and has them all in the database once settled', async () => {
    const store = new MemoryEntries();
    const log = await openDecisionLog(optionsFor(await scratchDirectory(), store));
    const positions = await Promise.all(
      Array.from({ length: 2_500 }, (_, i) => {
        const counters = [{ key: 'k', bucket: 60_000, amount: 2, expires: 120_000 }];
        const { index, body } = entryOf('decision', `call-${i}`, { counters });
        return log.append(index, body);
      }),
    );
    await log.settled();
    const rows = store.rows.get('node-1') ?? [];
    expect(positions.map(({ seq }) => rows[seq - 1]?.id)).toEqual(positions.map((_, i) => `call-${i}`));
    expect(positions.every(({ seq, hash }) => rows[seq - 1]?.line.includes(hash))).toBe(true);
    expect(store.counted).toEqual(new Map([['k@60000', 5_000]]));
    expect(rows.filter(({ kind }) => kind === 'checkpoint').map(({ seq }) => seq)).toEqual([1, 1_002, 2_003]);
    await log.close();
    expect(await verifyStore(store, { publicKey })).toMatchObject({
      ok: true,
      entries: 2_504,
      checkpoints: 4,
      chains: [{ from: 1, signedTo: 2_503 }],
    });
  });

  it('says in each checkpoint from where calls may still be open', async () => {
    const store = new MemoryEntries();
    const log = await openDecisionLog(
      optionsFor(await scratchDirectory(), store, { limits: { checkpointEntries: 4 } }),
    );
    const steps = ['intent a', 'intent b', 'decision a', 'intent c', 'decision b', 'decision c'];
    for (const step of steps) {
      const [kind, id = ''] = step.split(' ') as ['intent' | 'decision', string];
      const { index, body } = entryOf(kind, id);
      await log.append(index, body);
    }
    await log.close();
    const checkpoints = (store.rows.get('node-1') ?? []).filter(({ kind }) => kind === 'checkpoint');
    expect(checkpoints.map(({ seq, line }) => [seq, bodyOf(line)['openFrom']])).toEqual([
      [1, 1],
      [6, 3],
      [9, 9],
    ]);
  });

  it('resolves only after the bytes are on disk, one write for all that waited', async () => {
    const written: string[] = [];
    const openFile: typeof openSpoolFile = async (path) => {
      const file = await openSpoolFile(path);
      return {
        ...file,
        write: async (bytes, position) => (
          await file.write(bytes, position),
          void written.push(bytes.toString())
        ),
      };
    };
    const log = await openDecisionLog(
      optionsFor(await scratchDirectory(), new MemoryEntries(), { openFile }),
    );
    const ids = ['a', 'b', 'c'];
    await Promise.all(
      ids.map(async (id) => {
        const { index, body } = entryOf('decision', id);
        const { hash } = await log.append(index, body);
        expect(written.join('')).toContain(hash);
      }),
    );
    expect(written).toHaveLength(2);
    expect(written[1]?.split('\n')).toHaveLength(4);
    await log.close();
  });

  it('leaves an empty spool and a checkpoint at the end when closed, and refuses what comes after', async () => {
    const [directory, store] = [await scratchDirectory(), new MemoryEntries()];
    const log = await openDecisionLog(optionsFor(directory, store));
    const { index, body } = entryOf('intent', 'a');
    void log.append(index, body);
    await log.close();
    expect(store.rows.get('node-1')?.map(({ kind }) => kind)).toEqual(['checkpoint', 'intent', 'checkpoint']);
    expect(await readdir(directory)).toEqual(['chain']);
    await expect(log.append(index, body)).rejects.toMatchObject({ code: 'PC_SHUTTING_DOWN' });
  });

  it('goes on with the same chain when opened again', async () => {
    const [directory, store] = [await scratchDirectory(), new MemoryEntries()];
    for (let i = 0; i < 3; i++) {
      const log = await openDecisionLog(optionsFor(directory, store));
      const { index, body } = entryOf('decision', `call-${i}`);
      await log.append(index, body);
      await log.close();
    }
    expect(await verifyStore(store, { publicKey })).toMatchObject({ ok: true, entries: 9 });
    await expect(openDecisionLog(optionsFor(directory, store, { chain: 'node-2' }))).rejects.toMatchObject({
      code: 'PC_CONFIG_INVALID',
    });
  });

  it('sets a checkpoint when the time has come, and none when nothing happened', async () => {
    const store = new MemoryEntries();
    const log = await openDecisionLog(
      optionsFor(await scratchDirectory(), store, { limits: { checkpointMs: 20 } }),
    );
    const { index, body } = entryOf('decision', 'a');
    await log.append(index, body);
    await expect
      .poll(() => store.rows.get('node-1')?.map(({ kind }) => kind))
      .toEqual(['checkpoint', 'decision', 'checkpoint']);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(store.lines()).toHaveLength(3);
    await log.close();
    expect(store.lines()).toHaveLength(3);
  });

  it('drops journal files that the database has in full', async () => {
    const [directory, store] = [await scratchDirectory(), new MemoryEntries()];
    const log = await openDecisionLog(optionsFor(directory, store, { limits: { segmentBytes: 2_000 } }));
    for (let i = 0; i < 40; i++) {
      const { index, body } = entryOf('decision', `call-${i}`);
      await log.append(index, body);
    }
    await log.settled();
    expect((await readdir(directory)).filter((name) => name.endsWith('.jsonl')).length).toBeLessThanOrEqual(
      2,
    );
    await log.close();
    expect((await verifyLines(store.lines(), { head: store.heads.get('node-1') ?? [] })).ok).toBe(true);
  });

  it('refuses a body with members that it adds itself, and goes on', async () => {
    const log = await openDecisionLog(optionsFor(await scratchDirectory(), new MemoryEntries()));
    const { index } = entryOf('event', 'a');
    for (const name of ['kind', 'chain', 'index'])
      await expect(log.append(index, { [name]: 1 })).rejects.toThrow(TypeError);
    expect(await log.append(index, {})).toMatchObject({ seq: 2 });
    await log.close();
  });

  it('indexes names with NUL characters without stopping the database', async () => {
    const store = new MemoryEntries();
    const log = await openDecisionLog(optionsFor(await scratchDirectory(), store, { clock: steppedClock() }));
    await log.append(
      { kind: 'event', id: 'a', at: 1, organization: ORGANIZATION, tool: 'x\0y' },
      { tool: 'x\0y' },
    );
    await log.close();
    expect(store.rows.get('node-1')?.[1]).toMatchObject({
      tool: 'x\uFFFDy',
      at: 1,
      organization: ORGANIZATION,
    });
    expect(await verifyStore(store)).toMatchObject({ ok: true });
  });
});
