/**
 * A call that waits for counters of all nodes. It is made by what is in force when it is sent: whoever went away or cancelled
 * meanwhile is not acted for, and what was judged by a grant, a policy or a tool that has changed is not made.
 */
import { PortcullisError } from '../errors.ts';
import type { Call, Ending } from './call.ts';
import type { Core } from './core.ts';
import { whileHeld } from './hold.ts';

/** Never rejects when `judging` does not. Gives back what was taken for a call that is not to be made. */
export async function awaitJudgement(
  call: Call,
  core: Core,
  judging: Promise<Ending | undefined>,
): Promise<Ending | undefined> {
  const { approvals } = core;
  let ending: Ending | undefined;
  const judge = async (): Promise<void> => void (ending = await judging);
  const stayed =
    approvals === undefined ? await judge().then(() => true) : await whileHeld(call, approvals, judge);
  if (ending !== undefined && !(ending.kind === 'verdict' && ending.verdict.outcome === 'needs_approval'))
    return ending;
  const error = stayed
    ? overtaken(call, core)
    : refusal('its client went away or cancelled it, or the gateway stops');
  if (error === undefined) return ending;
  call.hold?.release();
  return { kind: 'error', error };
}

function overtaken(call: Call, core: Core): PortcullisError | undefined {
  const { session } = call.caller;
  if (session !== undefined && core.sessions.get(session.id) === undefined)
    return new PortcullisError('PC_SESSION_UNKNOWN');
  return core.approvals?.stands(call) === false
    ? refusal('the policy, the grant or the tool has changed meanwhile; call again')
    : undefined;
}

function refusal(detail: string): PortcullisError {
  return new PortcullisError('PC_CALL_OVERTAKEN', { detail });
}
