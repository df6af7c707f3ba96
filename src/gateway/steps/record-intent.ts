/**
 * The intent is on disk before anything is sent: after a crash the log knows every call that may have reached a server.
 * When it cannot be written, the call is not made.
 */
import type { Call, Ending } from '../call.ts';
import type { Core } from '../core.ts';
import { deltas, intentEntry } from '../record.ts';

/** Which targets have an intent record: everything that reads or does something on behalf of the caller. */
export function needsIntent(call: Call): boolean {
  const { kind } = call.target;
  return (
    call.message.kind === 'request' &&
    (kind === 'tool' || kind === 'resource' || kind === 'prompt' || kind === 'unknown')
  );
}

/** Calls back once: undefined when the intent is durable, else why the call is not made. */
export function recordIntent(call: Call, core: Core, done: (ending: Ending | undefined) => void): void {
  const { index, body } = intentEntry(call, core, deltas(call.hold?.taken ?? [], 1));
  call.hold?.logged?.();
  core.log.write(index, body, (error) => {
    if (error === undefined) {
      call.intended = true;
      return done(undefined);
    }
    call.hold?.release();
    done({ kind: 'error', error });
  });
}
