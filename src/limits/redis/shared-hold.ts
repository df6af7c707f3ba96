/** What one call took from the counters of all nodes, until its outcome is known. */
import type { Reservation, WindowReservation } from '../../policy/index.ts';
import type { Hold, Taken } from '../types.ts';

/** What becomes of a hold; told once. */
export type Settle = (hold: SharedHold, givenBack: readonly Taken[]) => void;

export class SharedHold implements Hold {
  readonly id: string;
  /** The set of counters that it counts in; moves on when they are built anew. */
  epoch: string;
  readonly taken: readonly Taken[];
  /** Counters whose slots it has; each under the hold's id and its place. */
  readonly slots: readonly string[];
  readonly totals: ReadonlyMap<Reservation, number>;
  readonly #settle: Settle;
  #settled = false;
  #logged = false;

  constructor(
    id: string,
    epoch: string,
    parts: {
      readonly taken: readonly Taken[];
      readonly slots: readonly string[];
      readonly totals: ReadonlyMap<Reservation, number>;
    },
    settle: Settle,
  ) {
    this.id = id;
    this.epoch = epoch;
    this.taken = parts.taken;
    this.slots = parts.slots;
    this.totals = parts.totals;
    this.#settle = settle;
  }

  /** Whether the log has what it took. */
  get isLogged(): boolean {
    return this.#logged;
  }

  logged(): void {
    this.#logged = true;
  }

  commit(): void {
    this.#end([]);
  }

  release(filter?: (reservation: WindowReservation) => boolean): readonly Taken[] {
    if (this.#settled) return [];
    const back =
      filter === undefined ? this.taken : this.taken.filter(({ reservation }) => filter(reservation));
    this.#end(back);
    return back;
  }

  #end(back: readonly Taken[]): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#settle(this, back);
  }
}

/** The name of a lease: a call may hold several slots of one counter. */
export function leaseOf(hold: string, place: number): string {
  return `${hold}/${place}`;
}
