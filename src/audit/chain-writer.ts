/** The growing end of one chain: gives entries their positions and sets checkpoints between them. */
import { makeCheckpoint } from './checkpoint.ts';
import type { SigningKey } from './checkpoint.ts';
import { LineBuffer, type WrittenLine } from './line-buffer.ts';
import { openLine, type OpenedLine } from './line.ts';
import type { ChainPosition, CounterDelta, EntryIndex } from './types.ts';

/** An entry that has its place. */
export interface LinkedEntry {
  readonly index: EntryIndex;
  readonly seq: number;
  readonly hash: string;
}

/** The same with its text. */
export interface ReadEntry extends LinkedEntry {
  readonly line: string;
}

interface DraftedEntry extends LinkedEntry {
  readonly written: WrittenLine;
}

export interface ChainState {
  readonly seq: number;
  readonly hash: string;
  readonly checkpointSeq: number;
}

/** Who writes and signs a chain. */
export interface ChainIdentity {
  readonly chain: string;
  /** Owner of the chain's own entries (checkpoints). */
  readonly organization: string;
  readonly signingKey: SigningKey;
  readonly clock: () => number;
}

export class ChainWriter {
  /** Intents in the chain that have no decision yet, by id, oldest first. */
  readonly #open: Map<string, number>;
  readonly #identity: ChainIdentity;
  readonly #buffer = new LineBuffer();
  #state: ChainState;

  constructor(identity: ChainIdentity, head: ChainPosition, open: ReadonlyMap<string, number> = new Map()) {
    this.#identity = identity;
    // Not known after a restart, and not asked for: a log begins with a checkpoint.
    this.#state = { ...head, checkpointSeq: -1 };
    this.#open = new Map(open);
  }

  get head(): ChainPosition {
    return { seq: this.#state.seq, hash: this.#state.hash };
  }

  get checkpointSeq(): number {
    return this.#state.checkpointSeq;
  }

  /** Links entries to the end, one draft at a time. Nothing changes here until `accept`, so a group that could not be written leaves no gap. */
  draft(): ChainDraft {
    const firstOpen = this.#open.values().next();
    const openFrom = firstOpen.done === true ? this.#state.seq + 1 : firstOpen.value;
    return new ChainDraft(this.#identity, this.#state, openFrom, this.#buffer);
  }

  accept(draft: ChainDraft): void {
    this.#state = draft.state;
    for (const { index, seq } of draft.entries) {
      if (index.kind === 'intent') this.#open.set(index.id, seq);
      else if (index.kind === 'decision') this.#open.delete(index.id);
    }
  }
}

export class ChainDraft {
  readonly entries: DraftedEntry[] = [];
  readonly #identity: ChainIdentity;
  readonly #openFrom: number;
  readonly #buffer: LineBuffer;
  #state: ChainState;

  constructor(identity: ChainIdentity, state: ChainState, openFrom: number, buffer: LineBuffer) {
    buffer.begin();
    this.#buffer = buffer;
    this.#identity = identity;
    this.#state = state;
    this.#openFrom = openFrom;
  }

  get state(): ChainState {
    return this.#state;
  }

  /** The lines of all entries, each with its line feed. To be asked before the next draft begins. */
  lines(): Buffer {
    return this.#buffer.lines();
  }

  /** The entries with their text. */
  read(): ReadEntry[] {
    return this.entries.map(({ index, seq, hash, written: { piece, start, end } }) => ({
      index,
      seq,
      hash,
      line: piece.toString('utf8', start, end),
    }));
  }

  /** `opened` are the pieces of `openLine`. */
  add(index: EntryIndex, opened: OpenedLine): LinkedEntry {
    const seq = this.#state.seq + 1;
    const written = this.#buffer.add(opened, this.#identity.chain, seq, this.#state.hash);
    const { hash } = written;
    const entry = { index, seq, hash, written };
    this.entries.push(entry);
    this.#state = { seq, hash, checkpointSeq: index.kind === 'checkpoint' ? seq : this.#state.checkpointSeq };
    return entry;
  }

  addCheckpoint(): void {
    const { signingKey, chain, clock, organization } = this.#identity;
    const { index, body } = makeCheckpoint(signingKey, chain, this.#state, this.#openFrom, {
      at: clock(),
      organization,
    });
    this.add(index, openLine(index, body));
  }
}

/** The counter changes of entries, as the database takes them. */
export function deltasOf(
  entries: readonly { readonly index: EntryIndex; readonly seq: number }[],
): (CounterDelta & { readonly seq: number })[] {
  return entries.flatMap(({ index, seq }) => (index.counters ?? []).map((delta) => ({ ...delta, seq })));
}
