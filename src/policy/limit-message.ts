/** What an agent reads when a limit has no room. */
import type { LimitRefusal, LimitWindow } from './types.ts';

/** The limit, its maximum, and when it resets; or the owner's own words with when it resets. */
export function limitMessage({ reservation, used, retryAfterSeconds, resetsAt }: LimitRefusal): string {
  const resets =
    resetsAt === undefined || retryAfterSeconds === undefined
      ? ''
      : ` It resets in ${retryAfterSeconds} s (${new Date(resetsAt).toISOString().replace(/\.\d+Z$/, 'Z')}).`;
  if (reservation.onDeny !== undefined) return `${reservation.onDeny}${resets}`;
  const whose = reservation.scope === 'organization' ? 'the organization' : `this ${reservation.scope}`;
  if (reservation.kind === 'concurrent')
    return `At most ${reservation.max} calls may be in flight at once for ${whose}; ${used} are. Try again when one has ended.`;
  const most = `Limit ${reservation.counter}: at most ${reservation.max} per ${windowName(reservation.window)} for ${whose}`;
  const asked = reservation.amount === 1 ? '' : `; ${used} used, this call asks for ${reservation.amount}`;
  return `${most}${asked}.${resets}`;
}

function windowName(window: LimitWindow): string {
  return typeof window === 'number' ? `${window} s` : window;
}
