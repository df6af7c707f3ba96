/**
 * What may come on the stream of the server's own messages: its requests and notifications, and the answer to a request whose
 * stream was closed to be resumed. No other answer passes, because nothing says by which rules to judge it.
 */
import { toPortcullisError } from '../../errors.ts';
import { errorMessage, type AnswerEnvelope } from '../../wire/index.ts';
import type { Caller } from '../call.ts';
import type { Core } from '../core.ts';
import { rememberAsked } from '../sessions.ts';

/** The message to pass on, or undefined when it is dropped. */
export function judgeServerMessage(
  core: Core,
  { session, server }: Caller,
  bytes: Buffer,
  envelope: AnswerEnvelope,
): Buffer | undefined {
  const { kind, id, method } = envelope;
  if (kind === 'request' && id !== undefined && session !== undefined) rememberAsked(session, id.value);
  if (method === 'notifications/tools/list_changed') server.catalogue.markStale();
  if (kind === 'request' || kind === 'notification') return bytes;
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
