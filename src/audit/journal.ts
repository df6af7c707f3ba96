/**
 * The journal: entries are durable here before anyone hears of them. What arrives while a write is under way forms the next
 * group, and one write per group reaches the disk. When a write fails its entries are refused, their positions are used again,
 * and nothing is taken until a probe has written a checkpoint to a new file. What nobody waits for is kept until then: it says what
 * came of calls that were made.
 */
import { PortcullisError } from '../errors.ts';
import type { ChainDraft, ChainWriter, LinkedEntry } from './chain-writer.ts';
import type { LogLimits } from './limits.ts';
import type { OpenedLine } from './line.ts';
import { createSegment, removeSegment } from './segments.ts';
import type { OpenSegment } from './segments.ts';
import { diskTrouble } from './spool-file.ts';
import type { OpenSpoolFile } from './spool-file.ts';
import type { ChainPosition, EntryIndex } from './types.ts';

interface Waiting {
  readonly index: EntryIndex;
  readonly opened: OpenedLine;
  readonly done: Appended;
  /** Nobody waits for it. */
  readonly canWait: boolean;
}

/** Told once: that the entry is durable, or why it is not. Must not throw. */
export type Appended = (error: PortcullisError | undefined, position: ChainPosition | undefined) => void;

export interface JournalOptions {
  readonly directory: string;
  readonly chain: string;
  readonly writer: ChainWriter;
  readonly limits: LogLimits;
  readonly openFile: OpenSpoolFile;
  /** Told of each group once it is durable, before its appends are; `bytes` are its lines, each with its line feed. */
  readonly durable: (entries: readonly LinkedEntry[], bytes: Buffer) => void;
}

/** Bounds on one group, so that linking it never holds up the event loop for long. */
const GROUP_ENTRIES = 512;
const GROUP_CHARACTERS = 1 << 20;
/** How long a group may gather entries, in ms. */
const GATHER_MS = 2;

export class Journal {
  readonly #options: JournalOptions;
  #waiting: Waiting[] = [];
  #segment: OpenSegment | undefined;
  /** Finished segments that the database may not have yet. */
  #finished: OpenSegment[] = [];
  #busy: Promise<void> | undefined;
  #scheduled = false;
  #checkpointDue = false;
  #trouble: string | undefined;
  #probe: NodeJS.Timeout | undefined;
  #late: NodeJS.Timeout | undefined;
  #checkpointTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Bytes in segment files. */
  get bytes(): number {
    return this.#finished.reduce((sum, segment) => sum + segment.bytes, this.#segment?.bytes ?? 0);
  }

  /** The segments of this process, oldest first. */
  get segments(): readonly OpenSegment[] {
    return this.#segment === undefined ? this.#finished : [...this.#finished, this.#segment];
  }

  append(index: EntryIndex, opened: OpenedLine, done: Appended, canWait = false): void {
    if (this.#closed || (this.#trouble !== undefined && !canWait))
      return done(logUnavailable(this.#trouble ?? 'the log is closed'), undefined);
    if (this.#waiting.length >= this.#options.limits.maxWaiting)
      return done(logUnavailable('the disk does not keep up'), undefined);
    this.#waiting.push({ index, opened, done, canWait });
    if (canWait) this.#scheduleLate();
    else this.#schedule();
  }

  /** Writes a checkpoint, after what waits. Resolves when it is durable or the journal is in trouble. */
  async checkpoint(): Promise<void> {
    this.#checkpointDue = true;
    while (this.#checkpointDue && this.#trouble === undefined) await (this.#busy ?? this.#writeGroup());
  }

  /** Resolves when everything appended so far is durable or refused, or kept for a disk that takes it again. */
  async flushed(): Promise<void> {
    while ((this.#waiting.length > 0 && this.#trouble === undefined) || this.#busy !== undefined)
      await (this.#busy ?? this.#writeGroup());
  }

  /** Whether there are segments that only entries up to `movedSeq` stand in. */
  canForget(movedSeq: number): boolean {
    return this.#finished.some((finished) => finished.lastSeq <= movedSeq);
  }

  /** Removes finished segments that the database has in full; one that cannot be removed stays for the next time. */
  async forget(movedSeq: number): Promise<void> {
    for (const segment of this.#finished.filter((finished) => finished.lastSeq <= movedSeq)) {
      await removeSegment(segment).then(
        () => (this.#finished = this.#finished.filter((other) => other !== segment)),
        () => {},
      );
    }
  }

  /** Stops writing. `movedSeq`: the last entry that the database has. */
  async close(movedSeq: number): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#probe);
    clearTimeout(this.#late);
    clearTimeout(this.#checkpointTimer);
    await this.#busy;
    this.#refuse(this.#waiting.splice(0));
    await this.#finishSegment();
    await this.forget(movedSeq);
  }

  /**
   * As long as each turn of the event loop brings more entries they share the write: a write costs as much as a call, and
   * under load the next entries are a turn away. One that comes alone waits for one more turn.
   */
  #schedule(): void {
    if (this.#scheduled || this.#busy !== undefined || this.#trouble !== undefined || this.#closed) return;
    this.#scheduled = true;
    const deadline = performance.now() + GATHER_MS;
    let seen = 0;
    const look = (): void => {
      const { length } = this.#waiting;
      if (length > seen && length < GROUP_ENTRIES && performance.now() < deadline) {
        seen = length;
        setImmediate(look);
        return;
      }
      this.#scheduled = false;
      if (this.#busy === undefined && this.#trouble === undefined) void this.#writeGroup();
    };
    setImmediate(look);
  }

  /** What nobody waits for shares the write of what somebody does, or goes alone after a moment. */
  #scheduleLate(): void {
    this.#late ??= setTimeout(() => {
      this.#late = undefined;
      this.#schedule();
    }, this.#options.limits.lateMs);
  }

  #writeGroup(): Promise<void> {
    clearTimeout(this.#late);
    this.#late = undefined;
    this.#busy = this.#writeNext().finally(() => {
      this.#busy = undefined;
      if (this.#waiting.length > 0 || this.#checkpointDue) this.#schedule();
    });
    return this.#busy;
  }

  async #writeNext(): Promise<void> {
    const { limits, writer } = this.#options;
    const draft = writer.draft();
    const group: { readonly waiting: Waiting; readonly entry: LinkedEntry }[] = [];
    try {
      let characters = 0;
      for (const waiting of this.#waiting) {
        if (group.length === GROUP_ENTRIES || characters > GROUP_CHARACTERS) break;
        const entry = draft.add(waiting.index, waiting.opened);
        group.push({ waiting, entry });
        for (const text of waiting.opened) characters += text.length;
        if (entry.seq - draft.state.checkpointSeq >= limits.checkpointEntries) draft.addCheckpoint();
      }
      this.#waiting = group.length === this.#waiting.length ? [] : this.#waiting.slice(group.length);
      if (this.#checkpointDue && this.#waiting.length === 0 && draft.state.checkpointSeq !== draft.state.seq)
        draft.addCheckpoint();
      if (draft.entries.length > 0) await this.#write(draft);
    } catch (error) {
      this.#waiting.unshift(...group.map(({ waiting }) => waiting));
      await this.#fail(error);
      return;
    }
    if (this.#waiting.length === 0) this.#checkpointDue = false;
    for (const { waiting, entry } of group) waiting.done(undefined, entry);
  }

  async #write(draft: ChainDraft): Promise<void> {
    const { limits, writer, durable, directory, chain, openFile } = this.#options;
    if (this.#segment !== undefined && this.#segment.bytes >= limits.segmentBytes)
      await this.#finishSegment();
    this.#segment ??= await createSegment(directory, chain, writer.head.seq + 1, openFile);
    const bytes = draft.lines();
    await this.#segment.file.write(bytes, this.#segment.bytes);
    this.#segment.bytes += bytes.length;
    this.#segment.lastSeq = draft.state.seq;
    writer.accept(draft);
    this.#keepCheckpointTime(draft.state.seq !== draft.state.checkpointSeq);
    durable(draft.entries, bytes);
  }

  #keepCheckpointTime(behind: boolean): void {
    if (!behind) {
      clearTimeout(this.#checkpointTimer);
      this.#checkpointTimer = undefined;
      return;
    }
    this.#checkpointTimer ??= setTimeout(() => {
      this.#checkpointTimer = undefined;
      this.#checkpointDue = true;
      this.#schedule();
    }, this.#options.limits.checkpointMs).unref();
  }

  #refuse(waiting: readonly Waiting[], cause?: unknown): void {
    const error = logUnavailable(this.#trouble ?? 'the log is closed', cause);
    for (const { done } of waiting) done(error, undefined);
  }

  /** Refuses what somebody waits for, cuts off what the failed write left, and keeps trying. */
  async #fail(cause: unknown): Promise<void> {
    this.#trouble = diskTrouble(cause);
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ canWait }) => canWait);
    this.#refuse(
      waiting.filter(({ canWait }) => !canWait),
      cause,
    );
    if (this.#segment !== undefined) {
      await this.#segment.file.truncate(this.#segment.bytes).catch(() => {});
      await this.#finishSegment();
    }
    if (this.#closed) return;
    this.#probe = setTimeout(() => {
      this.#busy = this.#tryAgain().finally(() => {
        this.#busy = undefined;
        if (this.#waiting.length > 0) this.#schedule();
      });
    }, this.#options.limits.retryMs).unref();
  }

  async #tryAgain(): Promise<void> {
    const draft = this.#options.writer.draft();
    try {
      draft.addCheckpoint();
      await this.#write(draft);
      this.#trouble = undefined;
      this.#checkpointDue = false;
    } catch (error) {
      await this.#fail(error);
    }
  }

  async #finishSegment(): Promise<void> {
    const segment = this.#segment;
    if (segment === undefined) return;
    this.#segment = undefined;
    await segment.file.close(segment.bytes).catch(() => {});
    if (segment.bytes > 0) this.#finished.push(segment);
    else await removeSegment(segment).catch(() => {});
  }
}

/** @param detail words for whoever reads the refusal: no paths, no names. */
export function logUnavailable(detail: string, cause?: unknown): PortcullisError {
  return new PortcullisError('PC_LOG_UNAVAILABLE', { detail }, { cause });
}
