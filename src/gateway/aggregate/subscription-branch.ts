/** One server's part of a subscription that several share: its notifications only, and not before the acknowledgement of all. */
import type { JsonObject } from '../../json.ts';
import type { AnswerHead } from '../../upstreams/index.ts';
import { readAnswer } from '../../wire/index.ts';
import type { Front } from '../call.ts';

export const ACKNOWLEDGED = 'notifications/subscriptions/acknowledged';

/** By the names of the filter. */
export type Granted = JsonObject;

/** Before the acknowledgement of all; a server that says more than this at once does not wait for its client anyway. */
const MOST_WAITING = 1000;

export class SubscriptionBranch implements Front {
  readonly surface = 'http';
  readonly slug: string;
  readonly #trunk: Front;
  readonly #changed: () => void;
  #status = 502;
  #granted: Granted | undefined;
  #refusal: { readonly status: number; readonly bytes: Buffer } | undefined;
  #over = false;
  #waiting: Buffer[] | undefined = [];

  /** @param changed called when it was granted something, and when it is over */
  constructor(trunk: Front, changed: () => void, slug: string) {
    this.#trunk = trunk;
    this.#changed = changed;
    this.slug = slug;
  }

  /** What the server acknowledged. */
  get granted(): Granted | undefined {
    return this.#granted;
  }

  /** What was said in place of an acknowledgement. */
  get refusal(): { readonly status: number; readonly bytes: Buffer } | undefined {
    return this.#refusal;
  }

  get over(): boolean {
    return this.#over;
  }

  /** From here on notifications go to the client. */
  flow(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const bytes of waiting) this.#trunk.message(bytes);
  }

  head(head: AnswerHead): void {
    this.#status = head.status;
  }

  message(bytes: Buffer): void {
    const { kind, method, errorCode } = readAnswer(bytes);
    if (kind === 'response' && errorCode !== undefined) this.#refusal ??= { status: this.#status, bytes };
    if (kind !== 'notification') return;
    if (method !== ACKNOWLEDGED) {
      if (this.#waiting === undefined) this.#trunk.message(bytes);
      else if (this.#waiting.length < MOST_WAITING) this.#waiting.push(bytes);
      return;
    }
    const { params } = JSON.parse(bytes.toString()) as { params?: { notifications?: Granted } };
    this.#granted ??= params?.notifications ?? {};
    this.#changed();
  }

  event(): void {}

  raw(): void {}

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#changed();
  }

  reply(status: number, bytes: Buffer | null): void {
    if (bytes !== null) this.#refusal ??= { status, bytes };
    this.end();
  }

  onGone(listener: () => void): () => void {
    return this.#trunk.onGone(listener);
  }

  ready(listener: () => void): boolean {
    return this.#trunk.ready(listener);
  }
}
