/**
 * The intent is on disk before anything is sent: after a crash the log knows every call that may have reached a server.
 * When it cannot be written, the call is not made.
 */
import { toPortcullisError } from '../../errors.ts';
import type { Call, Ending } from '../call.ts';
import type { Core } from '../core.ts';
import { deltas, entryIndex, intentBody } from '../record.ts';

/** Which targets have an intent record: everything that reads or does something on behalf of the caller. */
export function needsIntent(call: Call): boolean {
  const { kind } = call.target;
  return (
    call.message.kind === 'request' &&
    (kind === 'tool' || kind === 'resource' || kind === 'prompt' || kind === 'unknown')
  );
}

export async function recordIntent(call: Call, core: Core): Promise<Ending | undefined> {
  try {
    const index = entryIndex(call, 'intent', 'allow', '', deltas(call.hold?.taken ?? [], 1));
    await core.log.append(index, intentBody(call, core));
    call.intended = true;
    return undefined;
  } catch (thrown) {
    call.hold?.release();
    return { kind: 'error', error: toPortcullisError(thrown) };
  }
}
