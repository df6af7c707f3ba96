/**
 * Keeps a call for a short while, in case somebody decides: clients give a call 60 s, so never longer than 50. A client that
 * gave a progress token hears that it still waits; one that goes away or cancels is not acted for any more.
 */
import type { ApprovalRow } from '../store/index.ts';
import { notificationMessage } from '../wire/index.ts';
import type { Approvals } from './approvals.ts';
import type { Call } from './call.ts';
import { HeldFront } from './held-front.ts';

const PROGRESS_EVERY_MS = 5000;

/** Resolves with the approval as it is at the end; undefined when the client is gone. @throws PC_STORE_UNAVAILABLE */
export async function hold(call: Call, approvals: Approvals, id: string): Promise<ApprovalRow | undefined> {
  let row: ApprovalRow | undefined;
  const stayed = await whileHeld(call, approvals, async (gone) => {
    const stopProgress = reportProgress(call, approvals.holdMs);
    try {
      row = await approvals.desk.watch.settled(id, approvals.holdMs, gone);
    } finally {
      stopProgress();
    }
  });
  return stayed ? row : undefined;
}

/** Waits while the client does. False: it went away or cancelled, or the gateway stops. */
export async function whileHeld(
  call: Call,
  { held }: Approvals,
  wait: (gone: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const gone = new AbortController();
  const key = holdKey(call);
  if (key !== undefined) held.set(key, gone);
  const stopListening = call.front.onGone(() => gone.abort());
  try {
    await wait(gone.signal);
    return !gone.signal.aborted;
  } finally {
    stopListening();
    if (key !== undefined) held.delete(key);
  }
}

/** Ends the hold that a `notifications/cancelled` speaks of. False: there is none. */
export function cancelHold(call: Call, { held }: Approvals): boolean {
  const { message } = call;
  if (message.kind !== 'notification' || message.method !== 'notifications/cancelled') return false;
  const id = message.params?.requestId;
  if (typeof id !== 'string' && typeof id !== 'number') return false;
  const key = keyOf(call, id);
  const waiting = key === undefined ? undefined : held.get(key);
  waiting?.abort();
  return waiting !== undefined;
}

function holdKey(call: Call): string | undefined {
  return call.message.kind === 'request' ? keyOf(call, call.message.id.value) : undefined;
}

/** Ids are unique within a session only. */
function keyOf({ caller: { session } }: Call, id: string | number): string | undefined {
  return session === undefined ? undefined : JSON.stringify([session.id, id]);
}

/** MCP, basic/utilities/progress. */
function reportProgress(call: Call, total: number): () => void {
  const { message } = call;
  const meta = message.kind === 'request' ? message.params?._meta : undefined;
  const token = (meta as { readonly progressToken?: unknown } | undefined)?.progressToken;
  if (typeof token !== 'string' && typeof token !== 'number') return () => {};
  if (call.front.surface === 'http') call.front = new HeldFront(call.front);
  let progress = 0;
  const say = (): void => {
    const params = { progressToken: token, progress, total: total / 1000, message: 'Waiting for approval' };
    call.front.message(notificationMessage('notifications/progress', params).bytes);
    progress += PROGRESS_EVERY_MS / 1000;
  };
  say();
  const timer = setInterval(say, PROGRESS_EVERY_MS);
  return () => clearInterval(timer);
}
