/**
 * Hears of changes by NOTIFY, on a connection of its own that is made anew when it breaks. Whatever is missed meanwhile,
 * or swallowed by a proxy between, is seen at the next look, once a second.
 */
import type { Client } from 'pg';
import { clientConfig, loadPg } from './pool.ts';

export const CHANNEL = 'portcullis';
const LOOK_MS = 1_000;

export function watchPostgres(url: string, wake: () => void): () => void {
  const ears = new Ears(url, wake);
  const timer = setInterval(() => {
    wake();
    ears.open();
  }, LOOK_MS).unref();
  ears.open();
  return () => {
    clearInterval(timer);
    ears.close();
  };
}

class Ears {
  readonly #url: string;
  readonly #wake: () => void;
  #client: Client | undefined;
  #closed = false;
  #opening = false;

  constructor(url: string, wake: () => void) {
    this.#url = url;
    this.#wake = wake;
  }

  /** Does nothing while it listens or tries to. */
  open(): void {
    if (this.#closed || this.#opening || this.#client !== undefined) return;
    this.#opening = true;
    this.#listen()
      .catch(() => {})
      .finally(() => (this.#opening = false));
  }

  async #listen(): Promise<void> {
    const driver = await loadPg();
    const client = new driver.Client(clientConfig(this.#url, driver));
    client.on('error', () => {});
    client.on('end', () => this.#drop(client));
    client.on('notification', () => this.#wake());
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      this.#drop(client);
      throw error;
    }
    // A connection that was made while nobody wants it any more, and changes from before it was made.
    if (this.#closed) this.#drop(client);
    this.#wake();
  }

  #drop(client: Client): void {
    if (this.#client === client) this.#client = undefined;
    client.end().catch(() => {});
  }

  close(): void {
    this.#closed = true;
    if (this.#client !== undefined) this.#drop(this.#client);
  }
}
