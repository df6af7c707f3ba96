import { beforeAll, describe, expect, it } from 'vitest';
import { readLine } from './line.ts';
import type { MemoryEntries } from './samples.ts';
import { newSigningKey, SIGNING_KEY } from './samples.ts';
import { exported, logOfTwoChains, SIGNER } from './tampered-log.sample.ts';
import { verifyLines } from './verify-lines.ts';
import { verifyStore } from './verify-store.ts';

const publicKey = SIGNING_KEY.publicKeyPem;
let store: MemoryEntries;
beforeAll(async () => {
  store = await logOfTwoChains();
});

describe('a missing or changed end is named', () => {
  it('when the end is missing from a copy', async () => {
    const lines = await exported(store, { chain: 'node-1' });
    expect(await verifyLines(lines.slice(0, 33), { publicKey })).toMatchObject({
      problem: {
        kind: 'truncated',
        line: 34,
        message: 'the closing line is missing: the copy was cut after line 33',
      },
    });
    expect(await verifyLines([...lines.slice(0, 33), ...lines.slice(-1)], { publicKey })).toMatchObject({
      problem: {
        kind: 'truncated',
        line: 34,
        seq: 34,
        message: 'chain node-1: ends at seq 33, but seq 35 was copied',
      },
    });
    expect(await verifyLines((await exported(store)).toSpliced(35, 6), { publicKey })).toMatchObject({
      problem: { kind: 'truncated', chain: 'node-2' },
    });
  });

  it('when the end is missing from a database', async () => {
    const lines = (await exported(store, { chain: 'node-1' })).slice(0, -1);
    const head = { chain: 'node-1', seq: 35, hash: readLine(lines[34] ?? '')?.hash ?? '' };
    expect(await verifyLines(lines.slice(0, 33), { head })).toMatchObject({
      problem: {
        kind: 'truncated',
        line: 34,
        seq: 34,
        message: 'chain node-1: ends at seq 33, but its stored head is seq 35: the last 2 are missing',
      },
    });
    expect(await verifyLines(lines, { head: { ...head, seq: 30 } })).toMatchObject({
      problem: { kind: 'head', seq: 31 },
    });
    expect(await verifyLines(lines, { head: { ...head, hash: '1'.repeat(64) } })).toMatchObject({
      problem: { kind: 'head', seq: 35 },
    });
  });

  it('when a picked entry is taken out of a filtered copy', async () => {
    const lines = await exported(store, { chain: 'node-1', grant: 'odd' });
    expect(await verifyLines(lines.toSpliced(5, 1), { publicKey })).toMatchObject({
      problem: { kind: 'gap', message: expect.stringContaining('has 15 entries') },
    });
  });

  it('when an entry of a filtered copy is exchanged for another of the same log', async () => {
    const lines = await exported(store, { chain: 'node-1', grant: 'odd' });
    const other = (await exported(store, { chain: 'node-1', grant: 'even' }))[6] ?? '';
    expect(await verifyLines(lines.with(5, other), { publicKey })).toMatchObject({
      problem: { kind: 'altered', message: 'chain node-1: holds other entries than were copied' },
    });
  });

  it('when the closing line was changed, signed by another, or something follows it', async () => {
    const lines = await exported(store, { chain: 'node-1' });
    const closing = lines.at(-1) ?? '';
    const shorter = closing.replace('"to":35', '"to":33');
    expect(await verifyLines([...lines.slice(0, 33), shorter], { publicKey })).toMatchObject({
      problem: { kind: 'signature', message: 'the closing line has a bad signature' },
    });
    const thief = { ...SIGNER, signingKey: newSigningKey('thief') };
    const foreign = await exported(store, { chain: 'node-1', toSeq: 33 }, thief);
    expect(await verifyLines(foreign, { publicKey })).toMatchObject({
      problem: { kind: 'signature', line: 34 },
    });
    expect(await verifyLines(foreign)).toMatchObject({ problem: { kind: 'signature', line: 34 } });
    expect(await verifyLines([...lines, lines[34] ?? ''], { publicKey })).toMatchObject({
      problem: { kind: 'reordered', line: 37 },
    });
  });

  it('when a column of the database contradicts its line', async () => {
    const rows = store.rows.get('node-1') ?? [];
    const row = rows[11];
    if (row === undefined) throw new Error('no row');
    rows[11] = { ...row, outcome: 'deny' };
    expect(await verifyStore(store, { publicKey })).toMatchObject({
      ok: false,
      problem: {
        kind: 'altered',
        line: 12,
        seq: 12,
        message: 'chain node-1: the column outcome of seq 12 contradicts its line',
      },
    });
    rows[11] = row;
  });
});
