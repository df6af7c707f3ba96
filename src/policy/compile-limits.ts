/** Limits as functions that say what a call would take. */
import { canonicalJson, type Json } from '../json.ts';
import type { ConcurrentLimit, Limit, WindowLimit } from './document.ts';
import { holdsExact, isSafe } from './json-equality.ts';
import { MISSING, parsePath, resolver, UNJUDGEABLE, type Resolve } from './path.ts';
import type { CallFacts, Reservation, WindowReservation } from './types.ts';

/** A reservation, or why the call cannot be counted. */
export type Claim = (facts: CallFacts) => Reservation | string;

export function compileLimit(limit: Limit, pointer: string): Claim {
  const by = limit.by === undefined ? undefined : argument(limit.by);
  const claim = 'concurrent' in limit ? concurrent(limit, pointer) : windowed(limit, pointer);
  if (by === undefined) return claim;
  return (facts) => {
    const value = by(facts);
    if (value === MISSING || value === UNJUDGEABLE)
      return `the argument ${limit.by} that this limit counts by is missing`;
    // A number has many spellings; one that cannot be held exactly could open a counter for each.
    if (holdsExact(value as Json))
      return `the argument ${limit.by} that this limit counts by cannot be told apart exactly`;
    const reservation = claim(facts);
    return typeof reservation === 'string'
      ? reservation
      : { ...reservation, by: canonicalJson(value as Json) };
  };
}

function concurrent(limit: ConcurrentLimit, pointer: string): Claim {
  const reservation: Reservation = {
    kind: 'concurrent',
    counter: limit.counter ?? pointer,
    scope: limit.scope ?? 'grant',
    max: limit.concurrent,
    rule: pointer,
    ...(limit.on_deny === undefined ? {} : { onDeny: limit.on_deny }),
    failOpen: limit.fail === 'open',
  };
  return () => reservation;
}

function windowed(limit: WindowLimit, pointer: string): Claim {
  const fixed: WindowReservation = {
    kind: 'window',
    counter: limit.counter,
    window: limit.window,
    algorithm: limit.algorithm ?? 'fixed',
    scope: limit.scope ?? 'grant',
    amount: limit.increment ?? 1,
    max: limit.max,
    rule: pointer,
    ...(limit.on_deny === undefined ? {} : { onDeny: limit.on_deny }),
    refundOnError: limit.refund_on_error ?? false,
    failOpen: limit.fail === 'open',
  };
  if (limit.increment_from === undefined) return () => fixed;
  const read = argument(limit.increment_from);
  const integral = Number.isInteger(limit.max);
  return (facts) => {
    const value = read(facts);
    if (value === MISSING || value === null)
      return `the argument ${limit.increment_from} that this limit adds up is missing`;
    if (typeof value !== 'number' || !isSafe(value))
      return `the argument ${limit.increment_from} must be a number from 0 to 2^53 − 1`;
    if (value < 0) return `the argument ${limit.increment_from} must not be negative`;
    if (integral && !Number.isInteger(value))
      return `the argument ${limit.increment_from} must be a whole number, because the limit is one`;
    return { ...fixed, amount: value };
  };
}

function argument(text: string): Resolve {
  const path = parsePath(text);
  if (typeof path === 'string') throw new TypeError(`${text} ${path}`);
  return resolver(path);
}

/**
 * One counter is raised once by one call: where two entries share a counter, the larger amount is taken and the smaller maximum
 * must hold.
 */
export function merged(reservations: readonly Reservation[]): readonly Reservation[] {
  if (reservations.length < 2) return reservations;
  const byCounter = new Map<string, Reservation>();
  for (const reservation of reservations) {
    const key = `${reservation.kind} ${reservation.counter} ${reservation.scope} ${reservation.by ?? ''}`;
    const before = byCounter.get(key);
    byCounter.set(key, before === undefined ? reservation : stricter(before, reservation));
  }
  return [...byCounter.values()];
}

function stricter(a: Reservation, b: Reservation): Reservation {
  const tighter = b.max < a.max ? b : a;
  if (a.kind !== 'window' || b.kind !== 'window' || tighter.kind !== 'window') return tighter;
  return {
    ...tighter,
    amount: Math.max(a.amount, b.amount),
    refundOnError: a.refundOnError && b.refundOnError,
    failOpen: a.failOpen && b.failOpen,
  };
}
