/**
 * Which set of counters this node counts in, and how it gets into one. Where Redis has none that can be trusted, one node begins
 * a new one and makes it from the database; every node brings its log there first, and adds what it took and has not written
 * down. Nothing is taken meanwhile. A node that was left out does not go on: it has a new one made.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PortcullisError } from '../../errors.ts';
import { carriedOver } from './bucket.ts';
import type { Answer, RedisConnection } from './connection.ts';
import { BEGIN, JOIN, LEAVE, LOOK } from './epoch-scripts.ts';
import type { Keys } from './keys.ts';
import { addBuckets, BUILD_MS, expect, PRESENCE, rebuild, type RebuildStore } from './rebuild.ts';
import type { Script } from './script.ts';
import { leaseOf, type SharedHold } from './shared-hold.ts';
import { NoAnswer } from './trouble.ts';

/** How long a slot outlives the last word of the node that holds it. */
export const LEASE_MS = 10_000;
/** How long Redis keeps what nobody counts in any more. */
export const KEEP_MS = 30 * 86_400_000;

const PAUSE_MS = 100;
/** How long nodes that do not come are waited for. */
const WAIT_MS = 10_000;
/** In the table of nodes; never behind with the configuration, which it does not act on. */
const NO_REVISION = Number.MAX_SAFE_INTEGER;

export interface MembershipOptions {
  readonly keys: Keys;
  readonly connection: RedisConnection;
  readonly store: RebuildStore;
  /** The chain of this node's log. */
  readonly node: string;
  /** Last entry of that chain when the program started; 0: it is new, and never counted anywhere. */
  readonly startedAt: number;
  /** Resolves when everything that was written to the log is in the database. */
  readonly settled: () => Promise<void>;
  /** What calls hold now. */
  readonly holds: ReadonlySet<SharedHold>;
  /** Ms since the epoch. */
  readonly clock: () => number;
  /** The time that scripts use; '': the server's. */
  readonly time: () => string;
  /** This node counts again, or no more. */
  readonly changed: () => void;
}

export class Membership {
  readonly #options: MembershipOptions;
  #epoch: string | undefined;
  /** The epoch that this process has brought everything into. */
  #joined: string | undefined;
  #trouble: string | undefined = STARTING;
  #isEntering = false;
  #closed = false;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  /** Undefined: nothing can be counted now. */
  get epoch(): string | undefined {
    return this.#epoch;
  }

  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Goes on looking for counters, if there are none. */
  enter(): void {
    if (this.#epoch !== undefined || this.#closed || this.#isEntering) return;
    this.#isEntering = true;
    void this.#enter().finally(() => (this.#isEntering = false));
  }

  /** A script says that these counters do not stand. */
  left(epoch: string): void {
    if (epoch !== this.#epoch) return;
    this.#epoch = undefined;
    this.#trouble = REBUILDING;
    this.#options.changed();
    this.enter();
  }

  /** Says goodbye: the log is in the database. */
  async close(): Promise<void> {
    this.#closed = true;
    const { keys, store, node } = this.#options;
    await store.nodes.remove(PRESENCE + node);
    const seq = (await store.chains.get(node))?.seq ?? 0;
    if (this.#epoch !== undefined)
      await this.#ask(LEAVE, this.#epoch, [keys.nodes], [node, `${this.#epoch}:${seq}`]);
  }

  async #enter(): Promise<void> {
    while (this.#epoch === undefined && !this.#closed && this.#options.connection.isOpen) {
      try {
        await this.#step();
      } catch (error) {
        if (error instanceof NoAnswer || error instanceof PortcullisError) this.#trouble = error.message;
        else this.#trouble = 'the counts could not be rebuilt';
      }
      if (this.#epoch === undefined) await sleep(PAUSE_MS);
    }
  }

  async #step(): Promise<void> {
    const { keys, node, store, holds, settled, clock } = this.#options;
    const [state = '', epoch = '', entry = '', time = ''] = await this.#ask(
      LOOK,
      '',
      [keys.builder, keys.nodes],
      [node],
    );
    if (this.#joined === epoch) {
      if (state === 'active') return this.#begin(epoch);
      if (state === 'building') return;
    }
    if (this.#joined !== undefined || state !== 'active') this.#trouble = REBUILDING;
    // A node whose database is out of reach must not stop the others: nothing is begun before this has worked.
    await store.nodes.announce({ id: PRESENCE + node, appliedRevision: NO_REVISION, at: clock() });
    const unwritten = [...holds].filter((hold) => !hold.isLogged);
    await settled();
    if (state === 'active' && this.#mayAdopt(epoch, entry)) {
      await this.#join(epoch, state, [], Number(time));
      return this.#begin(epoch);
    }
    if (state === 'building') return this.#join(epoch, state, unwritten, Number(time));
    await this.#build(epoch, unwritten);
  }

  /** Whether all that this node ever took is in these counters already. */
  #mayAdopt(epoch: string, entry: string): boolean {
    const { startedAt } = this.#options;
    if (this.#joined !== undefined) return false;
    return startedAt === 0 || entry === `${epoch}:` || entry === `${epoch}:${startedAt}`;
  }

  async #build(before: string, unwritten: readonly SharedHold[]): Promise<void> {
    const { keys, node, store, clock } = this.#options;
    const epoch = randomBytes(9).toString('base64url');
    const [state, time] = await this.#ask(
      BEGIN,
      before,
      [keys.builder],
      [node, epoch, String(BUILD_MS), String(KEEP_MS)],
    );
    if (state !== 'begun') return;
    const now = Number(time);
    await this.#join(epoch, 'building', unwritten, now);
    const ask = this.#asker(epoch);
    await rebuild({ keys, store, node, epoch, ask, now, clock, waitMs: WAIT_MS });
    this.#begin(epoch);
  }

  async #join(epoch: string, state: string, unwritten: readonly SharedHold[], now: number): Promise<void> {
    const { keys, node, holds } = this.#options;
    const taken = unwritten.flatMap((hold) => hold.taken);
    await addBuckets(carriedOver(taken, now).buckets, keys, epoch, this.#asker(epoch));
    const open = [...holds];
    const leases = leasesOf(open, keys, epoch);
    const answer = await this.#ask(
      JOIN,
      epoch,
      [keys.nodes, ...leases.keys],
      [node, `${epoch}:`, state, String(LEASE_MS), String(KEEP_MS), ...leases.names],
    );
    expect(answer, 'joined');
    for (const hold of open) hold.epoch = epoch;
    this.#joined = epoch;
  }

  #begin(epoch: string): void {
    this.#epoch = epoch;
    this.#trouble = undefined;
    this.#options.changed();
  }

  #asker(epoch: string) {
    return (script: Script, keys: readonly string[], args: readonly string[]): Promise<Answer> =>
      this.#ask(script, epoch, keys, args);
  }

  #ask(script: Script, epoch: string, keys: readonly string[], args: readonly string[]): Promise<Answer> {
    const { connection, time, keys: names } = this.#options;
    return connection.ask(script, [names.marker, ...keys], [time(), epoch, connection.run, ...args]);
  }
}

const STARTING = 'the counts in Redis have not been looked at yet';
const REBUILDING = 'the counts are being rebuilt from the log';

/** The leases that these holds have, key by key. */
export function leasesOf(
  holds: readonly SharedHold[],
  keys: Keys,
  epoch: string,
): { readonly keys: readonly string[]; readonly names: readonly string[] } {
  const all = holds.flatMap(({ id, slots }) =>
    slots.map((counter, place) => ({ key: keys.slots(epoch, counter), name: leaseOf(id, place) })),
  );
  return { keys: all.map(({ key }) => key), names: all.map(({ name }) => name) };
}
