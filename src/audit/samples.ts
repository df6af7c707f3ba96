/** Keys, stores and entries for the tests of this folder. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PortcullisError } from '../errors.ts';
import { decodeBlock } from '../store/index.ts';
import type { ChainRow, EntryRow } from '../store/index.ts';
import type { SigningKey } from './checkpoint.ts';
import type { DecisionLogOptions } from './decision-log.ts';
import type { KeptStore } from './verify-store.ts';
import type { EntryStore } from './mover.ts';
import type { CounterDelta, EntryIndex } from './types.ts';

export const ORGANIZATION = 'org-1';

export function newSigningKey(keyId = 'key-1'): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), keyId };
}

export const SIGNING_KEY = newSigningKey();

/** A directory that is gone after the test. */
export async function scratchDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'portcullis-audit-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Time that moves when told. */
export function steppedClock(start = Date.UTC(2026, 0, 1)): { (): number; advance(ms: number): void } {
  let now = start;
  return Object.assign(() => now, { advance: (ms: number) => void (now += ms) });
}

export function optionsFor(
  directory: string,
  store: EntryStore,
  change: Partial<DecisionLogOptions> = {},
): DecisionLogOptions {
  const limits = { batchDelayMs: 1, retryMs: 5, ...change.limits };
  return {
    directory,
    store,
    chain: 'node-1',
    organization: ORGANIZATION,
    signingKey: SIGNING_KEY,
    clock: steppedClock(),
    ...change,
    limits,
  };
}

export function entryOf(
  kind: EntryIndex['kind'],
  id: string,
  change: Partial<EntryIndex> = {},
): { index: EntryIndex; body: object } {
  const index = {
    kind,
    id,
    at: Date.UTC(2026, 0, 1),
    organization: ORGANIZATION,
    server: 'srv',
    grant: 'grt',
    tool: 'send',
    method: 'tools/call',
    outcome: 'allow',
    rule: '',
    ...change,
  };
  const { at, organization, tool, method, outcome, rule } = index;
  const body = {
    id,
    at,
    organization,
    server: { id: index.server, name: 'Orders' },
    grant: { id: index.grant, label: 'alice' },
    tool,
    method,
    outcome,
    rule,
    argumentKeys: ['to', 'größe'],
  };
  return { index, body };
}

/** A store in memory that can be made to fail, and looked into. */
export class MemoryEntries implements KeptStore {
  readonly rows = new Map<string, EntryRow[]>();
  readonly heads = new Map<string, ChainRow>();
  readonly counted = new Map<string, number>();
  failing = false;
  batches = 0;

  readonly entries: EntryStore['entries'] = {
    insertBatch: async (chain, rows, deltas, head) => {
      this.#check();
      this.batches++;
      const known = this.rows.get(chain) ?? [];
      this.rows.set(chain, known);
      const fresh = new Set(
        rows.map((row) => row.seq).filter((seq) => !known.some((row) => row.seq === seq)),
      );
      known.push(...rows.filter((row) => fresh.has(row.seq)));
      known.sort((a, b) => a.seq - b.seq);
      for (const delta of deltas.filter(({ seq }) => fresh.has(seq))) this.#count(delta);
      this.heads.set(chain, head);
    },
    insertBlock: (block, head) =>
      this.entries.insertBatch(
        block.chain,
        decodeBlock(block.chain, block.firstSeq, block),
        block.changes.map((change) => ({ ...change, seq: block.firstSeq })),
        head,
      ),
    flush: async () => this.#check(),
    page: () => Promise.reject(new Error('not needed here')),
    get: async (id) => [...this.rows.values()].flat().filter((row) => row.id === id),
    read: (chain, from = 1, to = Number.POSITIVE_INFINITY) => this.#read(chain, from, to),
  };

  readonly retention: KeptStore['retention'] = { removals: async () => [] };

  readonly chains: EntryStore['chains'] = {
    list: async () => [...this.heads.values()],
    get: async (chain) => {
      this.#check();
      return this.heads.get(chain);
    },
  };

  lines(chain = 'node-1'): string[] {
    return (this.rows.get(chain) ?? []).map((row) => row.line);
  }

  async *#read(chain: string, from: number, to: number): AsyncGenerator<EntryRow> {
    this.#check();
    yield* (this.rows.get(chain) ?? []).filter((row) => row.seq >= from && row.seq <= to);
  }

  #check(): void {
    if (this.failing) throw new PortcullisError('PC_STORE_UNAVAILABLE', { detail: 'switched off' });
  }

  #count(delta: CounterDelta): void {
    const key = `${delta.key}@${delta.bucket}`;
    this.counted.set(key, (this.counted.get(key) ?? 0) + delta.amount);
  }
}
