/**
 * What may come on the stream of the server's own messages: its requests and notifications, and the answer to a request whose
 * stream was closed to be resumed. No other answer passes, because nothing says by which rules to judge it.
 */
import { toPortcullisError } from '../../errors.ts';
import { redactAside } from '../../results/index.ts';
import { errorMessage, type AnswerEnvelope } from '../../wire/index.ts';
import type { Caller } from '../call.ts';
import type { Core } from '../core.ts';
import { rememberAsked } from '../sessions.ts';

/** The message to pass on, or undefined when it is dropped. */
export function judgeServerMessage(
  core: Core,
  caller: Caller,
  bytes: Buffer,
  envelope: AnswerEnvelope,
): Buffer | undefined {
  const { session, server } = caller;
  const { kind, id } = envelope;
  if (kind === 'request' || kind === 'notification') return judgeAside(core, caller, bytes, envelope);
  const parked = kind === 'response' && id !== undefined ? session?.parked.get(id.value) : undefined;
  if (parked === undefined || id === undefined) {
    core.logger.warn(
      { server: server.slug, kind, id: id?.text },
      'dropped a message of the server that answers nothing that is waiting',
    );
    return undefined;
  }
  session?.parked.delete(id.value);
  try {
    return parked.arrive(bytes, envelope);
  } catch (thrown) {
    const error = toPortcullisError(thrown);
    return errorMessage(id, error.rpcCode, error.message, { code: error.code });
  }
}

/**
 * What the server asks or tells beside its answers, without what the caller's policy blacks out anywhere; undefined when that
 * cannot be told.
 */
export function judgeAside(
  core: Core,
  { session, server, grant }: Caller,
  bytes: Buffer,
  { kind, id, method }: AnswerEnvelope,
): Buffer | undefined {
  if (method === 'notifications/tools/list_changed') server.catalogue.markStale();
  const kinds = grant.policy?.compiled?.redacts ?? [];
  let passed = bytes;
  try {
    if (kinds.length > 0) passed = redactAside(bytes, kinds);
  } catch (thrown) {
    const { message } = toPortcullisError(thrown);
    core.logger.warn(
      { server: server.slug, method, error: message },
      'dropped a message of the server that cannot be redacted',
    );
    return undefined;
  }
  if (kind === 'request' && id !== undefined && session !== undefined) rememberAsked(session, id.value);
  return passed;
}
