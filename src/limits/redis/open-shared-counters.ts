/**
 * Counters of all nodes, in Redis. One script call takes everything that a call needs, or nothing. Where Redis cannot be asked,
 * or has lost what it knew, nothing is taken: PC_COUNTERS_UNAVAILABLE, until it can, or until the counts are rebuilt. A count
 * may be too high then, never too low.
 */
import { randomBytes, type KeyObject } from 'node:crypto';
import { PortcullisError } from '../../errors.ts';
import type { LimitRefusal, Reservation } from '../../policy/index.ts';
import { createCounterKeys } from '../counter-key.ts';
import type { Hold, LimitOwner, SharedCounters } from '../types.ts';
import type { RedisAddress } from './address.ts';
import { RedisConnection, type Answer } from './connection.ts';
import { Deliveries } from './deliveries.ts';
import { BEAT } from './epoch-scripts.ts';
import { createKeys, type Keys } from './keys.ts';
import { KEEP_MS, LEASE_MS, leasesOf, Membership, type MembershipOptions } from './membership.ts';
import { granted, refusal, reserveRequest } from './request.ts';
import { RESERVE } from './reserve-script.ts';
import type { Script } from './script.ts';
import { SharedHold } from './shared-hold.ts';

export interface SharedCountersOptions extends Pick<
  MembershipOptions,
  'store' | 'node' | 'startedAt' | 'settled' | 'clock'
> {
  readonly address: RedisAddress;
  /** The same for all nodes that count together, and for nobody else. */
  readonly installation: string;
  /** Key for the digests that stand for `by` values; the same on all nodes. */
  readonly byKey: KeyObject;
  /** Hears each time that counting begins, and with a reason that it stops. */
  readonly told: (trouble: string | undefined) => void;
  /** The time to count by, ms since the epoch; the server's own unless given. */
  readonly time?: () => number;
}

const BEAT_MS = 1000;
const FAREWELL_MS = 1000;
/** Leases are renewed so many at a time. */
const CHUNK = 500;

/** Begins to connect; resolves at once. */
export function openSharedCounters(options: SharedCountersOptions): SharedCounters {
  return new RedisCounters(options);
}

class RedisCounters implements SharedCounters {
  readonly #options: SharedCountersOptions;
  readonly #keys: Keys;
  readonly #keyOf: (owner: LimitOwner, reservation: Reservation) => string;
  readonly #connection: RedisConnection;
  readonly #membership: Membership;
  readonly #deliveries: Deliveries;
  readonly #holds = new Set<SharedHold>();
  readonly #beats: NodeJS.Timeout;
  readonly #process = randomBytes(9).toString('base64url');
  #calls = 0;
  #now = 0;
  #said: string | undefined;
  #waiting: (() => void)[] = [];

  constructor(options: SharedCountersOptions) {
    this.#options = options;
    this.#keys = createKeys(options.installation);
    this.#keyOf = createCounterKeys(options.byKey);
    this.#connection = new RedisConnection(options.address, () => void this.#beat());
    this.#membership = new Membership({
      ...options,
      keys: this.#keys,
      connection: this.#connection,
      holds: this.#holds,
      time: () => this.#time(),
      changed: () => this.#changed(),
    });
    this.#deliveries = new Deliveries({
      keys: this.#keys,
      now: () => this.#now,
      ask: (script, epoch, keys, args) => this.#ask(script, epoch, keys, args, undefined, true),
    });
    this.#beats = setInterval(() => void this.#beat(), BEAT_MS);
    this.#beats.unref();
  }

  get trouble(): string | undefined {
    return this.#connection.trouble ?? this.#membership.trouble;
  }

  async peek(owner: LimitOwner, reservations: readonly Reservation[]): Promise<LimitRefusal | undefined> {
    const { answer } = await this.#request('look', owner, reservations);
    return answer[0] === 'refused' ? refusal(answer, reservations) : undefined;
  }

  async reserve(owner: LimitOwner, reservations: readonly Reservation[]): Promise<Hold | LimitRefusal> {
    const { answer, held } = await this.#request('take', owner, reservations);
    return answer[0] === 'refused' ? refusal(answer, reservations) : held(answer);
  }

  async opened(withinMs: number): Promise<void> {
    if (this.#membership.epoch !== undefined) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#beats);
    const bound = new Promise<void>((resolve) => setTimeout(resolve, FAREWELL_MS).unref());
    await Promise.race([this.#deliveries.arrived(), bound]);
    try {
      await this.#membership.close();
    } catch {
      // The others wait for this node the next time that they rebuild; it counts too much, not too little.
    } finally {
      this.#connection.close();
    }
  }

  async #request(
    mode: 'take' | 'look',
    owner: LimitOwner,
    reservations: readonly Reservation[],
  ): Promise<{ readonly answer: Answer; readonly held: (answer: Answer) => SharedHold }> {
    const { epoch } = this.#membership;
    if (epoch === undefined) throw unavailable(this.trouble);
    const counters = reservations.map((reservation) => this.#keyOf(owner, reservation));
    const id = `${this.#process}${++this.#calls}`;
    const { keys, args } = reserveRequest(reservations, counters, this.#keys, epoch, id);
    const held = (answer: Answer): SharedHold => {
      const hold = new SharedHold(id, epoch, granted(answer, reservations, counters), (ended, back) => {
        this.#holds.delete(ended);
        // Counters that are being rebuilt have from the log what was given back, or count it.
        if (ended.epoch === this.#membership.epoch) this.#deliveries.add(ended, back);
      });
      this.#holds.add(hold);
      return hold;
    };
    const late = (answer: Answer): void => {
      if (mode === 'take' && answer[0] === 'held') held(answer).release();
    };
    const answer = await this.#ask(RESERVE, epoch, keys, [mode, String(LEASE_MS), ...args], late).catch(
      (error: Error) => {
        throw unavailable(error.message);
      },
    );
    // What was taken from counters that are no more was not counted.
    if ((answer[0] !== 'held' && answer[0] !== 'refused') || this.#membership.epoch !== epoch)
      throw unavailable(this.trouble);
    return { answer, held };
  }

  async #ask(
    script: Script,
    epoch: string,
    keys: readonly string[],
    args: readonly string[],
    late?: (answer: Answer) => void,
    hasPatience = false,
  ): Promise<Answer> {
    const answer = await this.#connection.ask(
      script,
      [this.#keys.marker, ...keys],
      [this.#time(), epoch, this.#connection.run, ...args],
      late,
      hasPatience,
    );
    const [state, time] = answer;
    if (state === 'lost' || state === 'building') this.#membership.left(epoch);
    else if (time !== undefined) this.#now = Number(time);
    return answer;
  }

  /** Renews the leases of calls that run, and notices when the counters are gone or Redis is. Never throws. */
  async #beat(): Promise<void> {
    const { epoch } = this.#membership;
    if (epoch === undefined) this.#membership.enter();
    else await this.#renew(epoch).catch(() => {});
    this.#changed();
  }

  async #renew(epoch: string): Promise<void> {
    const leases = leasesOf([...this.#holds], this.#keys, epoch);
    for (let from = 0; from === 0 || from < leases.keys.length; from += CHUNK) {
      await this.#ask(
        BEAT,
        epoch,
        [this.#keys.nodes, ...leases.keys.slice(from, from + CHUNK)],
        [String(LEASE_MS), String(KEEP_MS), ...leases.names.slice(from, from + CHUNK)],
        undefined,
        true,
      );
    }
    this.#deliveries.again();
  }

  #changed(): void {
    if (this.#membership.epoch === undefined) this.#deliveries.clear();
    else for (const resolve of this.#waiting.splice(0)) resolve();
    const { trouble } = this;
    if (trouble === this.#said) return;
    this.#said = trouble;
    this.#options.told(trouble);
  }

  #time(): string {
    return this.#options.time === undefined ? '' : String(this.#options.time());
  }
}

function unavailable(reason: string | undefined): PortcullisError {
  return new PortcullisError('PC_COUNTERS_UNAVAILABLE', {}, { cause: new Error(reason ?? 'no answer') });
}
