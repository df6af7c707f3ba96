import { beforeAll, describe, expect, it } from 'vitest';
import type { MemoryEntries } from './samples.ts';
import { SIGNING_KEY } from './samples.ts';
import { exported, logOfTwoChains } from './tampered-log.sample.ts';
import { verifyLines } from './verify-lines.ts';
import { verifyStore } from './verify-store.ts';

const publicKey = SIGNING_KEY.publicKeyPem;
let store: MemoryEntries;
beforeAll(async () => {
  store = await logOfTwoChains();
});

describe('an untouched log', () => {
  it('verifies as a database and as a copy, with every chain counted', async () => {
    const chains = [
      {
        chain: 'node-1',
        from: 1,
        to: 35,
        entries: 35,
        checkpoints: 3,
        signedTo: 34,
        keyId: 'key-1',
        hasGaps: false,
      },
      {
        chain: 'node-2',
        from: 1,
        to: 6,
        entries: 6,
        checkpoints: 2,
        signedTo: 5,
        keyId: 'key-1',
        hasGaps: false,
      },
    ];
    expect(await verifyStore(store, { publicKey })).toEqual({
      ok: true,
      lines: 41,
      entries: 41,
      checkpoints: 5,
      chains,
    });
    expect(await verifyLines(await exported(store), { publicKey })).toEqual({
      ok: true,
      lines: 42,
      entries: 41,
      checkpoints: 5,
      chains,
    });
  });

  it('verifies as a copy in which chains are interleaved', async () => {
    const lines = await exported(store);
    const [one, two] = [lines.slice(0, 35), lines.slice(35, 41)];
    const mixed = [
      ...two.flatMap((line, i) => [line, ...one.slice(i * 5, i * 5 + 5)]),
      ...one.slice(30),
      ...lines.slice(41),
    ];
    expect(await verifyLines(mixed, { publicKey })).toMatchObject({ ok: true, entries: 41 });
  });

  it('vouches from where a range begins, and for what a filter picked', async () => {
    expect(
      await verifyLines(await exported(store, { chain: 'node-1', fromSeq: 7, toSeq: 20 }), { publicKey }),
    ).toMatchObject({ ok: true, chains: [{ from: 7, to: 20, hasGaps: false }] });
    const start = Date.UTC(2026, 0, 1);
    const range = await verifyLines(
      await exported(store, { chain: 'node-1', from: start + 5_000, to: start + 15_000 }),
      { publicKey },
    );
    expect(range).toMatchObject({ ok: true, chains: [{ from: 7, hasGaps: false }] });
    expect(
      await verifyLines(await exported(store, { chain: 'node-1', grant: 'odd' }), { publicKey }),
    ).toMatchObject({ ok: true, entries: 16, chains: [{ from: 3, hasGaps: true }] });
    expect(await verifyLines(await exported(store, { grant: 'nobody' }), { publicKey })).toMatchObject({
      ok: true,
      entries: 0,
    });
  });

  it('verifies in excerpts, which say where they begin', async () => {
    const lines = await exported(store, { chain: 'node-1' });
    expect(
      await verifyLines([...lines.slice(3, 9), ...lines.slice(12, 15)], { publicKey, excerpt: true }),
    ).toMatchObject({ ok: true, chains: [{ from: 4, to: 15, hasGaps: true }] });
  });
});
