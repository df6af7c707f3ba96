/**
 * Time that does not run backwards for windows. A wall clock set back by up to a day stands still here until it has caught
 * up, so no window opens twice. After a larger step back (a clock that was simply wrong) the new time is accepted, and the
 * caller carries over what still counted.
 */

/** A clock set back by more was simply wrong. */
export const LARGEST_PAUSE_MS = 86_400_000;

export class SteadyTime {
  #latest = Number.NEGATIVE_INFINITY;
  readonly #steppedBack: (from: number, to: number) => void;

  /** `steppedBack` is told of a step back of more than a day before the new time takes effect. Times are ms since the epoch. */
  constructor(steppedBack: (from: number, to: number) => void) {
    this.#steppedBack = steppedBack;
  }

  /** The time to count by when the wall clock says `now`. */
  at(now: number): number {
    if (this.#latest - now > LARGEST_PAUSE_MS) {
      this.#steppedBack(this.#latest, now);
      this.#latest = now;
    } else if (now > this.#latest) {
      this.#latest = now;
    }
    return this.#latest;
  }

  /** Learns that `time` had been reached before this process started. */
  reached(time: number): void {
    if (time > this.#latest) this.#latest = time;
  }
}
