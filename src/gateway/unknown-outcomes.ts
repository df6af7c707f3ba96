/**
 * Calls that were sent and whose answer was lost: an identical one asks a person first, at every node. In memory, so that a call asks no
 * database; a day long. While the database cannot be written they stand here alone, and are written once it can be.
 */
import { callKey, isRefusal, type LostCall } from '../audit/index.ts';
import type { JsonObject } from '../json.ts';
import { mayActTwice, type EarlierCall } from '../policy/index.ts';
import { MOST_UNKNOWN, type Store, type UnknownOutcomeRow } from '../store/index.ts';
import type { RequestMessage } from '../wire/index.ts';
import type { Call } from './call.ts';
import type { Core } from './core.ts';

/** After so long whoever repeats a call is not asked any more. */
const KEPT_MS = 86_400_000;
const RETRY_MS = 1000;

export type UnknownOutcomesParts = Pick<Core, 'clock' | 'logger' | 'describeArguments'> & {
  readonly store: Pick<Store, 'unknownOutcomes'>;
};

export class UnknownOutcomes {
  readonly #parts: UnknownOutcomesParts;
  /** Open ones by grant and key, oldest first. */
  readonly #grants = new Map<string, Map<string, UnknownOutcomeRow>>();
  #size = 0;
  /** What the database is yet to be told, oldest first. */
  #unwritten: UnknownOutcomeRow[] = [];
  #writing: Promise<void> | undefined;
  #known = 0;
  #behind = false;
  #reading = false;

  constructor(parts: UnknownOutcomesParts) {
    this.#parts = parts;
  }

  /** The lost call that this one would repeat. */
  before({ caller: { server, grant }, target, message }: Call): EarlierCall | undefined {
    if (this.#size === 0 || target.kind !== 'tool' || message.kind !== 'request') return undefined;
    return this.find(server.id, grant.id, target.name, argumentsOf(message));
  }

  /** The lost call that a call with these would repeat. */
  find(server: string, grant: string, tool: string, args: JsonObject): EarlierCall | undefined {
    if (this.#size === 0) return undefined;
    const own = this.#grants.get(grant);
    if (own === undefined) return undefined;
    const found = own.get(callKey(server, grant, tool, this.#parts.describeArguments(args)));
    if (found === undefined || found.expiresAt <= this.#parts.clock.now()) return undefined;
    return { id: found.id, at: found.at };
  }

  /** Takes note of how a call that was sent has ended. */
  ended({ id, at, caller: { server, grant }, target, message, verdict, outcome }: Call): void {
    if (outcome === undefined || target.kind !== 'tool' || message.kind !== 'request') return;
    if (outcome.ran === 'yes' && verdict?.earlier !== undefined)
      return this.#settle(grant.id, verdict.earlier.id);
    if (outcome.ran !== 'unknown' || isRefusal(outcome.status) || !mayActTwice(target.tool.facts)) return;
    const key = callKey(
      server.id,
      grant.id,
      target.name,
      this.#parts.describeArguments(argumentsOf(message)),
    );
    const call = { key, id, server: server.id, grant: grant.id, tool: target.name, at };
    this.#change(openOutcome(call, this.#parts.clock.now()));
  }

  /** Reads what this and other processes have put into the database. @throws PC_STORE_UNAVAILABLE */
  async load(): Promise<void> {
    const { change, rows } = await this.#parts.store.unknownOutcomes.changedSince(this.#known);
    for (const row of rows) this.#put(row);
    this.#known = change;
  }

  /** Hears of what other processes put there from now on. Returns what ends it. */
  follow(): () => void {
    return this.#parts.store.unknownOutcomes.onChange(() => this.#catchUp());
  }

  /** Resolves once the database has everything, or cannot take it. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /** Lets go of those whose time is over. */
  sweep(): void {
    if (this.#size === 0) return;
    const now = this.#parts.clock.now();
    for (const own of this.#grants.values())
      for (const row of own.values()) if (row.expiresAt <= now) this.#drop(row);
  }

  #settle(grant: string, id: string): void {
    const own = this.#grants.get(grant)?.values() ?? [];
    for (const row of own) if (row.id === id) this.#change({ ...row, open: false });
  }

  #change(row: UnknownOutcomeRow): void {
    this.#put(row);
    if (this.#unwritten.push(row) > MOST_UNKNOWN.inAll) this.#unwritten.shift();
    this.#writing ??= this.#write();
  }

  #put(row: UnknownOutcomeRow): void {
    const { key, grantId } = row;
    const before = this.#grants.get(grantId)?.get(key);
    if (before !== undefined && (row.open || before.id === row.id)) this.#drop(before);
    if (!row.open) return;
    const own = this.#grants.get(grantId) ?? new Map<string, UnknownOutcomeRow>();
    this.#grants.set(grantId, own.set(key, row));
    this.#size += 1;
    if (own.size > MOST_UNKNOWN.ofGrant) this.#drop(first(own));
    else if (this.#size > MOST_UNKNOWN.inAll) this.#drop(first(first(this.#grants)));
  }

  #drop({ key, grantId }: UnknownOutcomeRow): void {
    const own = this.#grants.get(grantId);
    if (own?.delete(key) !== true) return;
    this.#size -= 1;
    if (own.size === 0) this.#grants.delete(grantId);
  }

  async #write(): Promise<void> {
    while (this.#unwritten.length > 0) {
      const rows = this.#unwritten;
      this.#unwritten = [];
      try {
        await this.#parts.store.unknownOutcomes.put(rows);
      } catch (error) {
        this.#unwritten = [...rows, ...this.#unwritten].slice(-MOST_UNKNOWN.inAll);
        this.#again(error, () => (this.#writing ??= this.#write()));
        break;
      }
    }
    this.#writing = undefined;
  }

  #catchUp(): void {
    this.#behind = true;
    if (!this.#reading) void this.#read();
  }

  async #read(): Promise<void> {
    this.#reading = true;
    while (this.#behind) {
      this.#behind = false;
      await this.load().catch((error: unknown) => this.#again(error, () => this.#catchUp()));
    }
    this.#reading = false;
  }

  #again(error: unknown, work: () => unknown): void {
    this.#parts.logger.warn(
      { error: String(error) },
      'calls with an unknown outcome could not be shared yet',
    );
    setTimeout(work, RETRY_MS).unref();
  }
}

/** Of a map that is not empty. */
function first<Value>(map: ReadonlyMap<string, Value>): Value {
  return map.values().next().value!;
}

function argumentsOf({ params }: RequestMessage): JsonObject {
  return (params?.arguments as JsonObject | undefined) ?? {};
}

/** A call whose answer was lost, as of now. */
export function openOutcome({ server, grant, ...call }: LostCall, now: number): UnknownOutcomeRow {
  return { ...call, serverId: server, grantId: grant, expiresAt: now + KEPT_MS, open: true };
}
