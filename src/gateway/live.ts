/**
 * Exchanges and streams that are open now: what a stop waits for and a revocation cuts. A plain array in which each knows
 * its place: a Map that is filled and emptied all the time leaves old tables behind, and what they point to outlives
 * every collection of young garbage.
 */
import type { Message } from '../wire/index.ts';
import type { Call } from './call.ts';

export interface Cuttable {
  /** Where it stands while it is open; −1 otherwise. Kept by `Live`. */
  place: number;
  abandon(): void;
}

interface Entry {
  readonly exchange: Cuttable;
  readonly grant: string;
  readonly server: string;
  /** Streams without an end of their own (GET, subscriptions/listen); calls are left to finish. */
  readonly endless: boolean;
  /** Ends the client's side. */
  readonly close: () => void;
}

export class Live {
  readonly #open: Entry[] = [];
  #idle: (() => void)[] = [];

  get calls(): number {
    return this.#open.reduce((count, entry) => (entry.endless ? count : count + 1), 0);
  }

  add(exchange: Cuttable, call: Call): void {
    const { grant, server } = call.caller;
    const close = (): void => call.front.end();
    this.#add({ exchange, grant: grant.id, server: server.id, endless: isEndless(call.message), close });
  }

  addStream(exchange: Cuttable, grant: string, server: string, close: () => void): void {
    this.#add({ exchange, grant, server, endless: true, close });
  }

  delete(exchange: Cuttable): void {
    const { place } = exchange;
    if (place === -1) return;
    exchange.place = -1;
    const last = this.#open.pop()!;
    if (last.exchange !== exchange) {
      this.#open[place] = last;
      last.exchange.place = place;
    }
    if (this.#idle.length > 0 && this.calls === 0) this.#wake();
  }

  /** Cuts endless streams of grants that no longer stand, or of servers that are gone. */
  cut(where: (entry: { readonly grant: string; readonly server: string }) => boolean): void {
    for (const entry of this.#open.slice()) if (entry.endless && where(entry)) this.#cut(entry);
  }

  /** Cuts everything. */
  cutAll(): void {
    for (const entry of this.#open.slice()) this.#cut(entry);
  }

  /** Resolves when no call is in flight. */
  whenIdle(): Promise<void> {
    if (this.calls === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #add(entry: Entry): void {
    entry.exchange.place = this.#open.push(entry) - 1;
  }

  #cut({ exchange, close }: Entry): void {
    exchange.abandon();
    close();
    this.delete(exchange);
  }

  #wake(): void {
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }
}

/** Whether what it asks for goes on until somebody ends it. */
export function isEndless(message: Message): boolean {
  return message.kind === 'request' && message.method === 'subscriptions/listen';
}
