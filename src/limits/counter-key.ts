/** Which counter a reservation means. Two reservations share one exactly when scope owner, server, name, window, algorithm and `by` agree. */
import { createHmac, hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { LimitWindow, Reservation } from '../policy/index.ts';
import type { LimitOwner } from './types.ts';

const CALENDAR_SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;
const CACHED_DIGESTS = 10_000;

/** Whole seconds of a window; anything else gives NaN, which no limit passes. */
export function windowSeconds(window: LimitWindow): number {
  const seconds = typeof window === 'number' ? window : CALENDAR_SECONDS[window];
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : Number.NaN;
}

/** Keys reach the database and the log, argument values must not: `by` enters as a digest, keyed when there is a key. */
export function createByDigest(key: KeyObject | undefined): (by: string) => string {
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

/** The full key. Variable parts carry their length, so no choice of names makes two counters meet. */
export function counterKey(
  owner: LimitOwner,
  reservation: Reservation,
  byDigest: (by: string) => string,
): string {
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
