/**
 * The access token of one server for its calls. While the token is fresh, a call costs a comparison; shortly before it
 * ends one refresh runs in the background; once it has ended, calls wait for the refresh, within a bound.
 */
import { PortcullisError } from '../errors.ts';
import type { CredentialSource, Tokens } from '../upstreams/index.ts';

export interface TokenSourceOptions {
  readonly server: string;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** Reads or makes a token other than `refused`, fresh for `marginMs` if it can be. */
  readonly renew: (refused: string | undefined, marginMs: number) => Promise<Tokens>;
  /** The server refused two tokens in a row: a person must sign in again. */
  readonly giveUp: () => Promise<void>;
}

interface Held {
  readonly token: string;
  readonly value: string;
  readonly endsAt: number;
  renewAt: number;
}

/** A call waits no longer for a token. */
const PATIENCE_MS = 15_000;
const LONGEST_MARGIN_MS = 300_000;
const RETRY_MS = 15_000;

export class TokenSource implements CredentialSource {
  readonly #options: TokenSourceOptions;
  #held: Held | undefined;
  #refused: string | undefined;
  #refusals = 0;
  #renewing: Promise<Held> | undefined;
  /** Grows when what was read may be out of date. */
  #age = 0;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  current(): string | undefined {
    const held = this.#held;
    if (held === undefined) return undefined;
    const now = this.#options.now();
    if (now >= held.endsAt) return undefined;
    if (now >= held.renewAt) {
      // The token still works: the next try is a while away, and nobody waits for this one.
      held.renewAt = now + RETRY_MS;
      this.#renew(LONGEST_MARGIN_MS).catch(() => {});
    }
    return held.value;
  }

  async wait(): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const detail = `no token came within ${PATIENCE_MS / 1000} s`;
        reject(new PortcullisError('PC_UPSTREAM_AUTHORIZATION', { server: this.#options.server, detail }));
      }, PATIENCE_MS);
    });
    try {
      return (await Promise.race([this.#renew(0), late])).value;
    } finally {
      clearTimeout(timer);
    }
  }

  judged(value: string, refused: boolean): void {
    if (this.#held?.value !== value) return;
    if (!refused) {
      this.#refusals = 0;
      return;
    }
    this.#refused = this.#held.token;
    this.#held = undefined;
    this.#refusals += 1;
    const mended = this.#refusals > 1 ? this.#options.giveUp() : this.#renew(0);
    Promise.resolve(mended).catch(() => {});
  }

  /** What is stored may have changed: the next call reads it anew. */
  forget(): void {
    this.#age += 1;
    this.#held = undefined;
    this.#renewing = undefined;
  }

  #renew(marginMs: number): Promise<Held> {
    if (this.#renewing !== undefined) return this.#renewing;
    const renewing = this.#read(marginMs).finally(() => {
      if (this.#renewing === renewing) this.#renewing = undefined;
    });
    this.#renewing = renewing;
    return renewing;
  }

  async #read(marginMs: number): Promise<Held> {
    const age = this.#age;
    const { accessToken, expiresAt } = await this.#options.renew(this.#refused, marginMs);
    const now = this.#options.now();
    const endsAt = expiresAt ?? Number.POSITIVE_INFINITY;
    const held = {
      token: accessToken,
      value: `Bearer ${accessToken}`,
      endsAt,
      renewAt: endsAt - Math.min(LONGEST_MARGIN_MS, (endsAt - now) / 5),
    };
    if (age === this.#age) this.#held = held;
    return held;
  }
}
