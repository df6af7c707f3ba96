/**
 * The grants in force, by id and by token. Changed in place between two messages: with many grants a new book for every
 * grant that is minted would cost more than all their calls. What a grant is judged by (policies, servers, people) is looked up
 * when it is first asked for, so a change of that reads no grants again.
 */
import { hashToken, type GrantRow, type RetiredTokenRow } from '../store/index.ts';
import type { GrantEntry } from './directory.ts';

/** What of a grant is judged by. */
export type GrantFacts = Pick<
  GrantRow,
  'id' | 'label' | 'tags' | 'serverId' | 'policyId' | 'further' | 'ownerId' | 'allowedAddresses' | 'expiresAt'
>;

export class GrantBook {
  readonly #byId = new Map<string, GrantFacts>();
  /** Ids. */
  readonly #byToken = new Map<string, string>();
  /** What each grant of the store answers to, revoked ones too. */
  readonly #tokens = new Map<string, string>();
  /** As they were asked for since `judgeBy`. */
  readonly #entries = new Map<string, GrantEntry>();
  #retired: ReadonlyMap<string, RetiredTokenRow> = new Map();
  #entryOf: (facts: GrantFacts) => GrantEntry;

  constructor(entryOf: (facts: GrantFacts) => GrantEntry) {
    this.#entryOf = entryOf;
  }

  /** How many grants the store has, revoked ones too, as far as they stand here. */
  get size(): number {
    return this.#tokens.size;
  }

  /** Whether it stands here, in force or not. */
  knows(id: string): boolean {
    return this.#tokens.has(id);
  }

  get(id: string): GrantEntry | undefined {
    const known = this.#entries.get(id);
    if (known !== undefined) return known;
    const facts = this.#byId.get(id);
    if (facts === undefined) return undefined;
    const entry = this.#entryOf(facts);
    this.#entries.set(id, entry);
    return entry;
  }

  /** The grant that a token stands for; undefined when it is unknown, expired, rotated away or revoked. */
  ofToken(token: string, now: number): GrantEntry | undefined {
    const hash = hashToken(token);
    const id = this.#byToken.get(hash) ?? this.#ofRetired(hash, now);
    const found = id === undefined ? undefined : this.get(id);
    return found === undefined || isExpired(found, now) ? undefined : found;
  }

  /** Whether a grant that was once found is still in force. */
  stands(grant: GrantEntry, now: number): boolean {
    return this.#byId.has(grant.id) && !isExpired(grant, now);
  }

  /** As it is now. */
  put(row: GrantRow): void {
    this.#forget(row.id);
    this.#tokens.set(row.id, row.tokenHash);
    if (row.revokedAt !== null) return;
    const { id, label, tags, serverId, policyId, further, ownerId, allowedAddresses, expiresAt } = row;
    const facts = { id, label, tags, serverId, policyId, further, ownerId, allowedAddresses, expiresAt };
    this.#byId.set(id, facts);
    this.#byToken.set(row.tokenHash, id);
  }

  /** Those that the store no longer has go. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of [...this.#tokens.keys()].filter((known) => !ids.has(known))) this.#forget(id);
  }

  /** From now on grants are judged by something else. */
  judgeBy(entryOf: (facts: GrantFacts) => GrantEntry): void {
    this.#entryOf = entryOf;
    this.#entries.clear();
  }

  /** The tokens that were replaced and still work for a while. */
  retire(rows: readonly RetiredTokenRow[]): void {
    this.#retired = new Map(rows.map((row) => [row.tokenHash, row]));
  }

  #forget(id: string): void {
    const token = this.#tokens.get(id);
    if (token !== undefined && this.#byToken.get(token) === id) this.#byToken.delete(token);
    this.#tokens.delete(id);
    this.#byId.delete(id);
    this.#entries.delete(id);
  }

  #ofRetired(hash: string, now: number): string | undefined {
    const row = this.#retired.get(hash);
    return row === undefined || row.validUntil <= now ? undefined : row.grantId;
  }
}

function isExpired(grant: GrantEntry, now: number): boolean {
  return grant.expiresAt !== undefined && grant.expiresAt <= now;
}
