/**
 * Handles that a client carries from one exchange to the next are good for the grant that they were made for only:
 * `requestState` of an unfinished call (MCP 2026-07-28, multi round-trip requests) is unwrapped on its way up, and an
 * answer to a request of the server must answer one that it really asked.
 */
import { PortcullisError } from '../../errors.ts';
import { removeMembers, rewriteMember } from '../../wire/index.ts';
import { ownStateOf } from '../ask-client.ts';
import type { JudgeStep } from '../call.ts';

export const bindState: JudgeStep = (call, core) => {
  const { message, caller } = call;
  if (message.kind === 'response') {
    const asked = caller.session?.asked;
    if (asked === undefined || asked.delete(message.id.value)) return undefined;
    return {
      kind: 'error',
      error: new PortcullisError('PC_MESSAGE_INVALID', {
        detail: 'the server asked no request with this id',
      }),
    };
  }
  const state = message.params?.requestState;
  if (state === undefined) return undefined;
  const own =
    typeof state === 'string'
      ? core.binder.openState(state, caller.server.id, ownStateOf(caller.grant.id))
      : undefined;
  if (own !== undefined) {
    call.ownState = own;
    call.outboundBytes = removeMembers(message.bytes, ['params'], ['requestState', 'inputResponses']);
    return undefined;
  }
  const opened =
    typeof state === 'string' ? core.binder.openState(state, caller.server.id, caller.grant.id) : undefined;
  if (opened === undefined) {
    return {
      kind: 'error',
      error: new PortcullisError('PC_PARAMS_INVALID', { detail: 'requestState was not made for this grant' }),
    };
  }
  call.outboundBytes = rewriteMember(message.bytes, ['params', 'requestState'], JSON.stringify(opened));
  return undefined;
};
