/** Owners and reservations for the tests of this folder. */
import type { ConcurrentReservation, LimitRefusal, WindowReservation } from '../policy/index.ts';
import type { Hold, LimitOwner } from './types.ts';

export const OWNER: LimitOwner = { organization: 'org', server: 'srv', grant: 'grt', session: 'ses' };

/** 2026-01-01T00:00:00Z, the start of a minute, an hour and a day. */
export const MIDNIGHT = Date.UTC(2026, 0, 1);

export function windowOf(change: Partial<WindowReservation> = {}): WindowReservation {
  return {
    kind: 'window',
    counter: 'calls',
    window: 'minute',
    algorithm: 'fixed',
    scope: 'grant',
    amount: 1,
    max: 3,
    rule: '/tools/a/limits/0',
    refundOnError: false,
    failOpen: false,
    ...change,
  };
}

export function slotsOf(change: Partial<ConcurrentReservation> = {}): ConcurrentReservation {
  return {
    kind: 'concurrent',
    counter: 'slots',
    scope: 'grant',
    max: 2,
    rule: '/tools/a/limits/1',
    failOpen: false,
    ...change,
  };
}

export function held(answer: Hold | LimitRefusal): Hold {
  if (!('release' in answer)) throw new Error(`refused by ${answer.reservation.rule} at ${answer.used}`);
  return answer;
}

export function refused(answer: Hold | LimitRefusal): LimitRefusal {
  if ('release' in answer) throw new Error('not refused');
  return answer;
}
