/**
 * How an agent learns that its call waits: in words that it can act on, or, where its client can open a page for its user,
 * as the elicitation of its protocol version. The page asks people to sign in; nothing that the agent gets lets anyone decide.
 */
import { whoMay, type Asked } from '../approvals/index.ts';
import type { JsonObject } from '../json.ts';
import { approvalRequired, toolDenial } from '../results/index.ts';
import { CAPABILITIES_META, errorMessage, resultMessage, type RequestId } from '../wire/index.ts';
import { QUESTION } from './asked-call.ts';
import type { Approvals } from './approvals.ts';
import type { Call } from './call.ts';
import type { Core } from './core.ts';

/** MCP 2025-11-25, client/elicitation. */
const URL_ELICITATION_REQUIRED = -32042;

/** Whether the client can show its user a page before the call goes on. */
export function canElicit({ era, message, caller, ownState }: Call): boolean {
  if (message.kind !== 'request') return false;
  if (era === 'legacy') return caller.session?.facts?.elicitsUrl === true;
  // A question of the server itself is under way: a second one would take its place.
  if (ownState === undefined && message.params?.requestState !== undefined) return false;
  const meta = message.params?._meta as JsonObject | undefined;
  const elicitation = (meta?.[CAPABILITIES_META] as JsonObject | undefined)?.elicitation as
    | JsonObject
    | undefined;
  return elicitation?.url !== undefined;
}

/** The answer to a call that waits or was denied. */
export function approvalAnswer(
  call: Call,
  core: Core,
  approvals: Approvals,
  asked: Asked,
  elicit: boolean,
): Buffer {
  const { id } = call.message as { readonly id: RequestId };
  const { approval, denial } = asked;
  const url = approvals.pageUrl?.(approval.id);
  const meta = {
    id: call.id,
    outcome: asked.state === 'denied' ? 'deny' : 'needs_approval',
    rule: approval.rule,
    approval: {
      id: approval.id,
      state: approval.state,
      ...(url === undefined ? {} : { url }),
      expiresAt: new Date(approval.expiresAt).toISOString(),
    },
  };
  if (denial !== undefined)
    return toolDenial(id, call.era, `${approval.message} (approval ${approval.id}) ${denial}`, meta);
  const who = whoMay(approval);
  const until = new Date(approval.expiresAt).toISOString();
  if (elicit && url !== undefined) {
    const message = `${approval.grantLabel} wants to call ${approval.tool} on ${approval.serverName}. ${approval.message} It needs the approval of ${who} until ${until}.`;
    if (call.era === 'legacy') {
      const elicitations = [{ mode: 'url', elicitationId: approval.id, url, message }];
      return errorMessage(id, URL_ELICITATION_REQUIRED, message, { elicitations });
    }
    const { server, grant } = call.caller;
    return resultMessage(id, {
      resultType: 'input_required',
      inputRequests: {
        [QUESTION]: { method: 'elicitation/create', params: { mode: 'url', url, message } },
      },
      requestState: core.binder.sealState(approval.id, server.id, ownStateOf(grant.id)),
    });
  }
  const text = `${approval.message} The call was not made: it waits for ${who} (approval ${approval.id}, until ${until}; ${url ?? `portcullis approvals show ${approval.id}`}). Make the same call again once it is approved; changed arguments need a new approval.`;
  return approvalRequired(id, call.era, text, meta);
}

/** What a `requestState` of the gateway itself is sealed for; a server's own is sealed for the grant alone. */
export function ownStateOf(grant: string): string {
  return `${grant} approval`;
}
