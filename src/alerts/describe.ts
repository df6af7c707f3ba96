/** What happened, in words. */
import type { DecisionRecord } from '../audit/index.ts';
import type { ApprovalRow } from '../store/index.ts';
import type { AlertMessage } from './types.ts';

/** Codes that mean: the server did not answer as it should. */
const DOWN = new Set([
  'PC_UPSTREAM_UNREACHABLE',
  'PC_UPSTREAM_TIMEOUT',
  'PC_UPSTREAM_DIED',
  'PC_UPSTREAM_BUSY',
  'PC_UPSTREAM_CREDENTIALS',
]);

/** Undefined: nothing to tell. */
export function decisionMessage(record: DecisionRecord, publicUrl: string): AlertMessage | undefined {
  const { server, grant, tool, rule, message, outcome, at, id } = record;
  if (server == null) return undefined;
  const common = { at, serverId: server.id, rule, url: `${publicUrl}/decisions/${id}` };
  if (outcome === 'deny' && tool !== undefined)
    return {
      ...common,
      event: 'denied',
      key: `denied ${server.id} ${tool} ${rule}`,
      title: `${tool} was denied on ${server.name}`,
      text: message,
      facts: { Server: server.name, Tool: tool, Grant: grant?.label ?? '(none)', Rule: rule },
    };
  if (outcome === 'error' && DOWN.has(rule))
    return {
      ...common,
      event: 'upstream_down',
      key: `upstream_down ${server.id}`,
      title: `${server.name} does not answer`,
      text: message,
      facts: { Server: server.name, Error: rule },
    };
  return undefined;
}

export function approvalMessage(row: ApprovalRow, publicUrl: string): AlertMessage {
  const { id, requestedAt, serverId, serverName, grantLabel, tool, toolClass, rule, message, expiresAt } =
    row;
  return {
    event: 'approval_waiting',
    at: requestedAt,
    key: `approval_waiting ${id}`,
    title: `${grantLabel} wants to call ${tool} on ${serverName}`,
    text: message,
    facts: {
      Server: serverName,
      Tool: tool,
      Class: toolClass,
      Grant: grantLabel,
      Rule: rule,
      Until: new Date(expiresAt).toISOString(),
    },
    url: `${publicUrl}/approvals/${id}`,
    serverId,
    rule,
    approval: { id, expiresAt },
  };
}
