/** Exchanges and streams that are open now: what a stop waits for and a revocation cuts. */
import type { Call } from './call.ts';

interface Cuttable {
  abandon(): void;
}

interface Entry {
  readonly grant: string;
  readonly server: string;
  /** Streams without an end of their own (GET, subscriptions/listen); calls are left to finish. */
  readonly endless: boolean;
  /** Ends the client's side. */
  readonly close: () => void;
}

export class Live {
  readonly #open = new Map<Cuttable, Entry>();
  #idle: (() => void)[] = [];

  get calls(): number {
    let count = 0;
    for (const entry of this.#open.values()) if (!entry.endless) count += 1;
    return count;
  }

  add(exchange: Cuttable, call: Call): void {
    const endless = call.message.kind === 'request' && call.message.method === 'subscriptions/listen';
    this.#open.set(exchange, {
      grant: call.caller.grant.id,
      server: call.caller.server.id,
      endless,
      close: () => call.front.end(),
    });
  }

  addStream(stream: Cuttable, grant: string, server: string, close: () => void): void {
    this.#open.set(stream, { grant, server, endless: true, close });
  }

  delete(exchange: Cuttable): void {
    if (this.#open.delete(exchange) && this.#idle.length > 0 && this.calls === 0) this.#wake();
  }

  /** Cuts endless streams of grants that no longer stand, or of servers that are gone. */
  cut(where: (entry: { readonly grant: string; readonly server: string }) => boolean): void {
    for (const [exchange, entry] of this.#open) {
      if (entry.endless && where(entry)) this.#cut(exchange, entry);
    }
  }

  /** Cuts everything. */
  cutAll(): void {
    for (const [exchange, entry] of this.#open) this.#cut(exchange, entry);
  }

  /** Resolves when no call is in flight. */
  whenIdle(): Promise<void> {
    if (this.calls === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #cut(exchange: Cuttable, entry: Entry): void {
    exchange.abandon();
    entry.close();
    this.delete(exchange);
  }

  #wake(): void {
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }
}
