/** Tells when a counter is at four fifths of its maximum. Nothing is looked at while nobody listens. */
import type { WindowReservation } from '../policy/index.ts';
import type { Call } from './call.ts';
import type { Core } from './core.ts';

export interface LimitNotice {
  /** Ms since the epoch. */
  readonly at: number;
  readonly server: { readonly id: string; readonly name: string };
  readonly grant: { readonly id: string; readonly label: string };
  readonly tool: string;
  readonly rule: string;
  readonly counter: string;
  readonly used: number;
  readonly max: number;
}

const NEAR = 0.8;

/** Looks at what a call has just reserved. Never throws. */
export function limitNotices(call: Call, core: Core): readonly LimitNotice[] {
  const { caller, target, at, owner } = call;
  if (target.kind !== 'tool') return [];
  const windows = (call.verdict?.reservations ?? []).filter(
    (one): one is WindowReservation => one.kind === 'window' && one.max > 0,
  );
  return windows.flatMap((reservation) => {
    // A limit just below the mark, and nothing to add: it is refused once the mark is reached.
    const max80 = reservation.max * NEAR * (1 - Number.EPSILON);
    const total = call.hold?.totals?.get(reservation);
    const used =
      total ?? core.counters.peek(owner, [{ ...reservation, max: max80, amount: 0 }], at)?.used ?? 0;
    if (used <= max80) return [];
    const { rule, counter, max } = reservation;
    const { server, grant } = caller;
    const who = { server: { id: server.id, name: server.name }, grant: { id: grant.id, label: grant.label } };
    return [{ at, ...who, tool: target.name, rule, counter, used, max }];
  });
}
