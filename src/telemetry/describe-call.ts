/**
 * What a span says of a message, by the semantic conventions for MCP, and what the decision log says, under `portcullis.`.
 * No argument, no result and nothing that opens a session; a URI goes without what may be a credential.
 */
import type { Attributes } from '@opentelemetry/api';
import type { Call, DecisionPart } from '../gateway/index.ts';

/** Agents choose methods and names: those that nobody knows stay out of span names, which backends index. */
export function spanName(call: Call): string {
  const method = methodOf(call);
  const { target, caller } = call;
  if (target.kind === 'unknown') return 'unknown method';
  if (target.kind === 'prompt') return `${method} ${target.name}`;
  if (target.kind !== 'tool' || caller.server.catalogue.get(target.name) === undefined) return method;
  return `${method} ${target.name}`;
}

/** The same on the client's side and on the server's. */
export function messageAttributes(call: Call): Attributes {
  const { message, version } = call;
  return {
    'mcp.method.name': methodOf(call),
    ...(message.kind === 'notification' ? {} : { 'jsonrpc.request.id': String(message.id.value) }),
    ...(version === undefined ? {} : { 'mcp.protocol.version': version }),
    ...targetAttributes(call),
  };
}

export function networkAttributes(way: 'http' | 'sse' | 'stdio' | 'canary'): Attributes {
  return way === 'stdio'
    ? { 'network.transport': 'pipe' }
    : { 'network.transport': 'tcp', 'network.protocol.name': 'http' };
}

export function decisionAttributes(call: Call, { outcome, rule, dispatched }: DecisionPart): Attributes {
  const { grant, server } = call.caller;
  const { policy } = grant;
  return {
    'portcullis.decision.id': call.id,
    'portcullis.outcome': outcome,
    'portcullis.dispatched': String(dispatched),
    'portcullis.server': server.slug,
    'portcullis.grant': grant.id,
    ...(rule === '' ? {} : { 'portcullis.rule': rule }),
    ...(policy === null
      ? {}
      : { 'portcullis.policy.id': policy.id, 'portcullis.policy.version': policy.version }),
    ...(call.approval === undefined
      ? {}
      : { 'portcullis.approval.id': call.approval.id, 'portcullis.approval.state': call.approval.state }),
    ...(call.owner.session === undefined ? {} : { 'mcp.session.id': call.owner.session }),
  };
}

function targetAttributes({ target }: Call): Attributes {
  switch (target.kind) {
    case 'tool':
      return { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': target.name };
    case 'prompt':
      return { 'gen_ai.prompt.name': target.name };
    case 'resource':
      return target.uris.length === 1 ? { 'mcp.resource.uri': withoutSecrets(target.uris[0]!) } : {};
    default:
      return {};
  }
}

/** Without user information, query and fragment. */
function withoutSecrets(uri: string): string {
  return uri.replace(/[?#].*$/s, '').replace(/^([^/]*\/\/)[^/]*@/, '$1');
}

function methodOf({ message }: Call): string {
  return message.kind === 'response' ? '(response)' : message.method;
}
