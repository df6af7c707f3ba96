/** Keeps a command that dies at once from being started again and again: after three deaths in ten seconds it has to wait, longer each time. */

const DEATHS = 3;
const WITHIN_MS = 10_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

export class CrashGuard {
  readonly #clock: () => number;
  #deaths: number[] = [];
  #waitMs = 0;
  #until = Number.NEGATIVE_INFINITY;
  #last = '';

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** A process of the command ended by itself. `how` is shown to callers while the command waits. */
  died(how: string): void {
    const now = this.#clock();
    this.#last = how;
    this.#deaths = [...this.#deaths.filter((at) => now - at < WITHIN_MS), now];
    if (this.#deaths.length < DEATHS) return;
    const calm = now - this.#until > LONGEST_WAIT_MS;
    this.#waitMs = calm || this.#waitMs === 0 ? FIRST_WAIT_MS : Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
    this.#until = now + this.#waitMs;
  }

  /** Why the command may not be started now; undefined when it may. */
  refusal(): string | undefined {
    const left = this.#until - this.#clock();
    if (left <= 0) return undefined;
    return `its command keeps ending (${this.#last}); it is tried again in ${Math.ceil(left / 1000)} s`;
  }
}
