/** Which counter a reservation means. Two reservations share one exactly when scope owner, server, name, window, algorithm and `by` agree. */
import { createHmac, hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { LimitWindow, Reservation } from '../policy/index.ts';
import type { LimitOwner } from './types.ts';

const CALENDAR_SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;
const CACHED_DIGESTS = 10_000;
const CACHED_RULES = 1_000;

/** Whole seconds of a window; anything else gives NaN, which no limit passes. */
export function windowSeconds(window: LimitWindow): number {
  const seconds = typeof window === 'number' ? window : CALENDAR_SECONDS[window];
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : Number.NaN;
}

/** Keys reach the database and the log, argument values must not: `by` enters as a digest, keyed when there is a key. */
function createByDigest(key: KeyObject | undefined): (by: string) => string {
  const known = new Map<string, string>();
  return (by) => {
    const cached = known.get(by);
    if (cached !== undefined) return cached;
    const digest =
      key === undefined
        ? hash('sha256', by, 'base64url')
        : createHmac('sha256', key).update(by).digest('base64url');
    if (known.size >= CACHED_DIGESTS) known.clear();
    if (by.length <= 256) known.set(by, digest);
    return digest;
  };
}

/** A key that was made, and all that it was made of. */
interface MadeKey {
  readonly owner: LimitOwner;
  readonly reservation: Reservation;
  readonly key: string;
}

/** The keys of counters. The last one of each rule is kept: the next call under it is mostly of the same owner. */
export function createCounterKeys(
  byKey: KeyObject | undefined,
): (owner: LimitOwner, reservation: Reservation) => string {
  const byDigest = createByDigest(byKey);
  const made = new Map<string, MadeKey>();
  return (owner, reservation) => {
    const last = made.get(reservation.rule);
    if (last !== undefined && isSameOwner(last.owner, owner) && isSameCounter(last.reservation, reservation))
      return last.key;
    const key = counterKey(owner, reservation, byDigest);
    if (made.size >= CACHED_RULES) made.clear();
    if (reservation.by === undefined) made.set(reservation.rule, { owner, reservation, key });
    return key;
  };
}

function isSameOwner(some: LimitOwner, other: LimitOwner): boolean {
  return (
    some.grant === other.grant &&
    some.server === other.server &&
    some.session === other.session &&
    some.organization === other.organization
  );
}

function isSameCounter(some: Reservation, other: Reservation): boolean {
  if (some === other) return true;
  if (some.counter !== other.counter || some.scope !== other.scope || other.by !== undefined) return false;
  if (some.kind !== 'window' || other.kind !== 'window') return some.kind === other.kind;
  return some.window === other.window && some.algorithm === other.algorithm;
}

/** The full key. Variable parts carry their length, so no choice of names makes two counters meet. */
function counterKey(owner: LimitOwner, reservation: Reservation, byDigest: (by: string) => string): string {
  const kind =
    reservation.kind === 'concurrent'
      ? 'concurrent'
      : `${reservation.algorithm}/${windowSeconds(reservation.window)}`;
  const by = reservation.by === undefined ? '' : `/${byDigest(reservation.by)}`;
  return `${holder(owner, reservation.scope)}/${kind}/${part(reservation.counter)}${by}`;
}

function holder(owner: LimitOwner, scope: Reservation['scope']): string {
  switch (scope) {
    case 'organization':
      return `organization/${part(owner.organization)}`;
    case 'server':
      return `server/${part(owner.server)}`;
    case 'grant':
      return `grant/${part(owner.grant)}/${part(owner.server)}`;
    case 'session':
      return owner.session === undefined
        ? `grant-as-session/${part(owner.grant)}/${part(owner.server)}`
        : `session/${part(owner.session)}/${part(owner.grant)}/${part(owner.server)}`;
  }
}

function part(text: string): string {
  return `${text.length}:${text}`;
}
