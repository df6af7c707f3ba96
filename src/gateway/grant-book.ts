/**
 * The grants in force, by id and by token. Changed in place between two messages: with many grants a new book for every
 * grant that is minted would cost more than all their calls.
 */
import { hashToken, type GrantRow, type RetiredTokenRow } from '../store/index.ts';
import type { GrantEntry } from './directory.ts';

export class GrantBook {
  readonly #byId = new Map<string, GrantEntry>();
  readonly #byToken = new Map<string, GrantEntry>();
  /** What each grant of the store answers to, revoked ones too. */
  readonly #tokens = new Map<string, string>();
  #retired: ReadonlyMap<string, RetiredTokenRow> = new Map();

  /** How many grants the store has, revoked ones too, as far as they stand here. */
  get size(): number {
    return this.#tokens.size;
  }

  /** Whether it stands here, in force or not. */
  knows(id: string): boolean {
    return this.#tokens.has(id);
  }

  get(id: string): GrantEntry | undefined {
    return this.#byId.get(id);
  }

  /** The grant that a token stands for; undefined when it is unknown, expired, rotated away or revoked. */
  ofToken(token: string, now: number): GrantEntry | undefined {
    const hash = hashToken(token);
    const found = this.#byToken.get(hash) ?? this.#ofRetired(hash, now);
    return found === undefined || isExpired(found, now) ? undefined : found;
  }

  /** Whether a grant that was once found is still in force. */
  stands(grant: GrantEntry, now: number): boolean {
    return this.#byId.has(grant.id) && !isExpired(grant, now);
  }

  /** @param entry undefined when it is revoked */
  put({ id, tokenHash }: GrantRow, entry: GrantEntry | undefined): void {
    const before = this.#tokens.get(id);
    if (before !== undefined && this.#byToken.get(before)?.id === id) this.#byToken.delete(before);
    this.#tokens.set(id, tokenHash);
    if (entry === undefined) {
      this.#byId.delete(id);
    } else {
      this.#byId.set(id, entry);
      this.#byToken.set(tokenHash, entry);
    }
  }

  /** The tokens that were replaced and still work for a while. */
  retire(rows: readonly RetiredTokenRow[]): void {
    this.#retired = new Map(rows.map((row) => [row.tokenHash, row]));
  }

  #ofRetired(hash: string, now: number): GrantEntry | undefined {
    const row = this.#retired.get(hash);
    return row === undefined || row.validUntil <= now ? undefined : this.#byId.get(row.grantId);
  }
}

function isExpired(grant: GrantEntry, now: number): boolean {
  return grant.expiresAt !== undefined && grant.expiresAt <= now;
}
