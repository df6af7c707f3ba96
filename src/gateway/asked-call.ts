/** What of a call its approval is bound to. */
import type { AskedCall } from '../approvals/index.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Verdict } from '../policy/index.ts';
import type { Call } from './call.ts';

const NOTHING: JsonObject = {};

/** Undefined when there is nothing that it could be bound to: not a tool, or no policy. */
export function askedCall(call: Call, verdict: Verdict): AskedCall | undefined {
  const { caller, target, message } = call;
  const { server, grant } = caller;
  if (target.kind !== 'tool' || message.kind !== 'request' || grant.policy === null) return undefined;
  return {
    organization: server.organization,
    server: { id: server.id, name: server.name },
    grant: { id: grant.id, label: grant.label, tags: grant.tags },
    tool: { name: target.name, class: target.tool.facts.class, definitionDigest: target.tool.digest },
    arguments: (message.params?.arguments as JsonObject | undefined) ?? NOTHING,
    params: boundParams(call),
    policy: { id: grant.policy.id, version: grant.policy.version },
    rule: verdict.rule,
    message: verdict.message,
    earlier: verdict.earlier?.id,
    expiresSeconds: verdict.approvalExpiresSeconds ?? 900,
  };
}

/** All of `params` but what differs between tries of one call: tokens and trace ids in `_meta`, and the gateway's own question. */
function boundParams({ message, ownState }: Call): JsonObject {
  const params = message.kind === 'request' ? (message.params ?? NOTHING) : NOTHING;
  const left = ownState === undefined ? ['_meta'] : ['_meta', 'requestState', 'inputResponses'];
  const bound = Object.entries(params).filter(([name]) => !left.includes(name));
  return Object.fromEntries([...bound, ['arguments', params.arguments ?? NOTHING]]);
}

/** What the client's user said to the gateway's own question, where they were asked (MCP 2026-07-28). */
export function ownAnswer({ message }: Call): string | undefined {
  const responses =
    message.kind === 'request' ? (message.params?.inputResponses as JsonObject | undefined) : undefined;
  const answer = responses?.[QUESTION] as { readonly action?: Json } | undefined;
  return typeof answer?.action === 'string' ? answer.action : undefined;
}

/** The key of the gateway's own question in `inputRequests`. */
export const QUESTION = 'portcullis_approval';
