/**
 * Finishes what a process left behind when it ended without closing its log: its spool goes to the database, and every call
 * that was sent but has no decision gets one that says so. Running it again, also after a crash in between, changes nothing.
 * The caller sees to it that no living process writes in the directory.
 */
import { rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { ChainWriter, deltasOf } from './chain-writer.ts';
import type { ChainIdentity, ReadEntry } from './chain-writer.ts';
import { bodyOf, indexOf, isIntact, NO_HASH, openLine, readLine, rowOf } from './line.ts';
import { lostCall, type LostCall } from './lost-call.ts';
import type { EntryStore } from './mover.ts';
import { openIntents } from './open-intents.ts';
import { segmentLines } from './segment-lines.ts';
import { chainOfSpool, listSegments, removeSegment } from './segments.ts';
import type { Segment } from './segments.ts';
import type { ChainPosition } from './types.ts';

export interface Recovery {
  readonly chain: string;
  readonly head: ChainPosition;
  /** Entries moved from the spool to the database. */
  readonly moved: number;
  /** Calls that got a decision with outcome "unknown". */
  readonly unknown: number;
  /** Journal files in which something other than a torn end was wrong; what could not be read was set aside as `<name>.damaged`. */
  readonly damaged: readonly string[];
}

/** Hears of calls with an unknown outcome before the database has their decisions; of the same again after a crash in between. */
export type TellLost = (calls: readonly LostCall[]) => Promise<void>;

const BATCH = 500;
const UNKNOWN = 'The gateway process ended before the answer came; whether the tool acted is unknown.';

/**
 * Moves the spool in `directory` to the database and settles its open calls. Resolves undefined when no chain was ever written there.
 * @throws PortcullisError PC_STORE_UNAVAILABLE; the system's error when a file cannot be read
 */
export async function recoverSpool(
  directory: string,
  store: EntryStore,
  options: Omit<ChainIdentity, 'chain'>,
): Promise<Recovery | undefined> {
  const chain = await chainOfSpool(directory);
  return chain === undefined ? undefined : recoverChain(directory, store, { ...options, chain });
}

/** The same for a chain that is known; also one whose directory is gone. */
export async function recoverChain(
  directory: string,
  store: EntryStore,
  identity: ChainIdentity,
  tellLost: TellLost = async () => {},
): Promise<Recovery> {
  const stored = await store.chains.get(identity.chain);
  const head = { seq: stored?.seq ?? 0, hash: stored?.hash ?? NO_HASH };
  const spool = new LeftoverSpool(identity, store, head, tellLost);
  const segments = await listSegments(directory);
  for (const [place, segment] of segments.entries()) await spool.move(segment, segments[place + 1]?.firstSeq);
  const intents = await openIntents(store, identity.chain, spool.head.seq);
  const writer = new ChainWriter(
    identity,
    spool.head,
    new Map(intents.map((intent) => [intent.id, intent.seq])),
  );
  const draft = writer.draft();
  const at = identity.clock();
  for (const { path } of spool.damaged) {
    const file = basename(path);
    const index = {
      kind: 'event' as const,
      id: `${identity.chain}:damaged:${file}`,
      at,
      organization: identity.organization,
    };
    const message = 'The journal held something that is not an entry in its place; it was set aside.';
    draft.add(
      index,
      openLine(index, {
        id: index.id,
        at,
        organization: index.organization,
        event: 'journal_damaged',
        file,
        message,
      }),
    );
  }
  for (const intent of intents) {
    // What an intent is about stands in its line; its row is found by id only.
    const index = {
      ...indexOf('intent', intent.line),
      kind: 'decision' as const,
      at,
      outcome: 'unknown',
      rule: undefined,
      counters: undefined,
    };
    draft.add(
      index,
      openLine(index, {
        ...bodyOf(intent.line),
        outcome: 'unknown',
        dispatched: 'unknown',
        message: UNKNOWN,
      }),
    );
  }
  await tellLost(intents.flatMap(({ line }) => lostCall(line) ?? []));
  if (spool.moved > 0 || draft.entries.length > 0) {
    writer.accept(draft);
    const last = writer.draft();
    last.addCheckpoint();
    await insert(store, identity, [...draft.read(), ...last.read()]);
    writer.accept(last);
  }
  // Only now: until the open calls are settled, the files say that recovery is not finished.
  for (const { path } of spool.damaged) await rename(path, `${path}.damaged`).catch(() => {});
  await store.entries.flush();
  for (const segment of segments) await removeSegment(segment).catch(() => {});
  const damaged = spool.damaged.map(({ path }) => basename(path));
  return { chain: identity.chain, head: writer.head, moved: spool.moved, unknown: intents.length, damaged };
}

/** Follows the chain through leftover segments, beyond what the database has. */
class LeftoverSpool {
  head: ChainPosition;
  moved = 0;
  readonly damaged: Segment[] = [];
  readonly #identity: ChainIdentity;
  readonly #store: EntryStore;
  readonly #tellLost: TellLost;

  constructor(identity: ChainIdentity, store: EntryStore, head: ChainPosition, tellLost: TellLost) {
    this.#identity = identity;
    this.#store = store;
    this.head = head;
    this.#tellLost = tellLost;
  }

  /** `voidFrom`: where the next segment begins; entries from there on in this one were refused. */
  async move(segment: Segment, voidFrom = Number.POSITIVE_INFINITY): Promise<void> {
    let batch: ReadEntry[] = [];
    let isFirst = true;
    let isDamaged = false;
    for await (const { text, torn } of segmentLines(segment.path)) {
      if (torn) break;
      const facts = readLine(text);
      if (facts !== undefined && facts.seq >= voidFrom) break;
      if (facts !== undefined && facts.seq <= this.head.seq) continue;
      const follows = facts?.seq === this.head.seq + 1 && facts.prev === this.head.hash;
      // The first entry of a file may stand alone: what was before it is missing, and verification will say so.
      if (
        facts === undefined ||
        facts.chain !== this.#identity.chain ||
        !(follows || isFirst) ||
        !isIntact(text, facts)
      ) {
        isDamaged = true;
        break;
      }
      isFirst = false;
      batch.push({ index: indexOf(facts.kind, text), line: text, seq: facts.seq, hash: facts.hash });
      this.head = { seq: facts.seq, hash: facts.hash };
      this.moved++;
      if (batch.length === BATCH) await this.#insert(batch.splice(0));
    }
    if (batch.length > 0) await this.#insert(batch);
    if (isDamaged) this.damaged.push(segment);
  }

  async #insert(batch: readonly ReadEntry[]): Promise<void> {
    const unknown = batch.filter(({ index }) => index.kind === 'decision' && index.outcome === 'unknown');
    await this.#tellLost(unknown.flatMap(({ line }) => lostCall(line) ?? []));
    await insert(this.#store, this.#identity, batch);
  }
}

async function insert(
  store: EntryStore,
  identity: ChainIdentity,
  entries: readonly ReadEntry[],
): Promise<void> {
  const last = entries.at(-1);
  if (last === undefined) return;
  const { chain, signingKey } = identity;
  const rows = entries.map((entry) => rowOf(entry.index, chain, entry.seq, entry.line));
  await store.entries.insertBatch(chain, rows, deltasOf(entries), {
    chain,
    seq: last.seq,
    hash: last.hash,
    publicKey: signingKey.publicKeyPem,
  });
}
