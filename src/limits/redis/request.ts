/** A call's reservations as the script takes them, and its answer as the rest of the program knows it. */
import type { LimitRefusal, Reservation } from '../../policy/index.ts';
import { windowSeconds } from '../counter-key.ts';
import type { Taken } from '../types.ts';
import type { Answer } from './connection.ts';
import type { Keys } from './keys.ts';
import { leaseOf } from './shared-hold.ts';

export interface ReserveRequest {
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

export function reserveRequest(
  reservations: readonly Reservation[],
  counters: readonly string[],
  keys: Keys,
  epoch: string,
  hold: string,
): ReserveRequest {
  const names: string[] = [];
  const args: string[] = [];
  let slots = 0;
  reservations.forEach((reservation, place) => {
    const counter = counters[place] as string;
    if (reservation.kind === 'concurrent') {
      names.push(keys.slots(epoch, counter));
      args.push('s', String(reservation.max), leaseOf(hold, slots++));
      return;
    }
    const { amount, max, algorithm } = reservation;
    const seconds = windowSeconds(reservation.window);
    const sane = amount >= 0 && amount < Number.POSITIVE_INFINITY && seconds > 0 && max >= 0;
    // Sliding: a tick of a thousandth of the window counts until the last call in it is more than a window old.
    const width = algorithm === 'sliding' ? seconds : seconds * 1000;
    const span = algorithm === 'sliding' ? width + seconds * 1000 : width;
    names.push(...keys.window(epoch, counter));
    args.push('w', ...[amount, max, width, span].map(String), sane ? '1' : '0');
  });
  return { keys: names, args };
}

export interface Granted {
  readonly taken: readonly Taken[];
  readonly slots: readonly string[];
  /** What each window has after it. */
  readonly totals: ReadonlyMap<Reservation, number>;
}

/** Reads an answer that begins with `held`. */
export function granted(
  answer: Answer,
  reservations: readonly Reservation[],
  counters: readonly string[],
): Granted {
  const taken: Taken[] = [];
  const slots: string[] = [];
  const totals = new Map<Reservation, number>();
  let at = 2;
  reservations.forEach((reservation, place) => {
    const key = counters[place] as string;
    if (reservation.kind === 'concurrent') {
      slots.push(key);
      return;
    }
    const [start, expires, total] = answer.slice(at, (at += 3));
    totals.set(reservation, Number(total));
    if (start !== '')
      taken.push({
        key,
        bucket: Number(start),
        amount: reservation.amount,
        expires: Number(expires),
        reservation,
      });
  });
  return { taken, slots, totals };
}

/** Reads an answer that begins with `refused`. */
export function refusal(answer: Answer, reservations: readonly Reservation[]): LimitRefusal {
  const [, , now, place, used, resets = ''] = answer;
  const reservation = reservations[Number(place)] as Reservation;
  if (resets === '') return { reservation, used: Number(used) };
  const resetsAt = Number(resets);
  return {
    reservation,
    used: Number(used),
    resetsAt,
    retryAfterSeconds: Math.max(1, Math.ceil((resetsAt - Number(now)) / 1000)),
  };
}
