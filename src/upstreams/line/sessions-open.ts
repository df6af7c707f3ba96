/** The open sessions of one upstream that keeps a line for each client: one for each key, bounded in number. */
import { PortcullisError } from '../../errors.ts';
import { busy } from '../failures.ts';
import type { UpstreamSession } from '../types.ts';

/** A session whose resources are freed some time after it was closed. */
export interface LineSession extends UpstreamSession {
  /** Resolves when nothing of it is left: process gone, sockets closed. */
  readonly gone: Promise<void>;
  /** False once it was closed or died. */
  readonly alive: boolean;
}

export class OpenSessions {
  readonly #server: string;
  readonly #most: number;
  readonly #byKey = new Map<string, LineSession>();
  /** Includes closed sessions that still hold resources. */
  readonly #all = new Set<LineSession>();
  #stopped = false;

  constructor(server: string, most: number) {
    this.#server = server;
    this.#most = most;
  }

  /**
   * The live session of this key, or a new one.
   * @throws PortcullisError PC_UPSTREAM_BUSY, PC_SHUTTING_DOWN, and whatever `make` throws
   */
  open(key: string, make: () => LineSession): LineSession {
    if (this.#stopped) throw new PortcullisError('PC_SHUTTING_DOWN');
    const known = this.#byKey.get(key);
    if (known?.alive === true) return known;
    if (this.isFull()) throw busy(this.#server, this.#most);
    const session = make();
    this.#all.add(session);
    this.#byKey.set(key, session);
    void session.gone.then(() => this.#forget(key, session));
    return session;
  }

  isFull(): boolean {
    return this.#all.size >= this.#most;
  }

  #forget(key: string, session: LineSession): void {
    this.#all.delete(session);
    if (this.#byKey.get(key) === session) this.#byKey.delete(key);
  }

  /** Closes every session and resolves when all are gone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const session of this.#all) session.close();
    await Promise.all([...this.#all].map((session) => session.gone));
  }
}
