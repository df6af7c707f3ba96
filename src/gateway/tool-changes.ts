/**
 * Reads tools again where they changed: what a server listed, whichever process asked, or what an owner said of a tool. With
 * many servers to read all of them would cost more than the change of a grant does.
 */
import type { Store } from '../store/index.ts';
import type { ServerEntry } from './directory.ts';

export class ToolChanges {
  readonly #tools: Store['tools'];
  #state: string | undefined;
  #revision = 0;

  constructor(tools: Store['tools']) {
    this.#tools = tools;
  }

  /** @param revision of the configuration, read before its servers were */
  async follow(servers: readonly ServerEntry[], revision: number): Promise<void> {
    const state = await this.#tools.state();
    const changed = new Set(await this.#tools.changedSince(this.#revision));
    const listedAgain = state !== this.#state;
    await Promise.all(
      servers.filter(({ id }) => listedAgain || changed.has(id)).map(({ catalogue }) => catalogue.load()),
    );
    this.#state = state;
    this.#revision = revision;
  }
}
