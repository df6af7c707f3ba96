/** Between the rows of the program and those of the tables. */
import { PortcullisError } from '../errors.ts';
import { ExactNumber } from '../json.ts';
import type { Json } from '../json.ts';
import type { AlertRow, ApprovalRow } from './approval-types.ts';
import type {
  StoredAlert,
  StoredApproval,
  StoredConnection,
  StoredEvent,
  StoredGrant,
  StoredPolicy,
  StoredPolicyVersion,
  StoredServer,
  StoredTool,
} from './schema.ts';
import type {
  AdminEventRow,
  ConnectionRow,
  GrantRow,
  GrantServer,
  PolicyRow,
  PolicyVersionRow,
  ServerAuth,
  ServerRow,
  ToolRow,
} from './types.ts';

/** @throws PC_API_INVALID for a number that would not come back as it was */
export function jsonText(value: Json): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (!(member instanceof ExactNumber)) return member;
    const message = `The number ${member.text} cannot be stored exactly.`;
    throw new PortcullisError('PC_API_INVALID', {}, { problems: [{ pointer: '', message }] });
  });
}

export function serverRow(row: StoredServer): ServerRow {
  return {
    ...row,
    command: row.command === null ? null : (JSON.parse(row.command) as ServerRow['command']),
    secretNames: JSON.parse(row.secretNames) as string[],
    caseSensitive: row.caseSensitive === 1,
    auth: row.auth === null ? null : (JSON.parse(row.auth) as ServerAuth),
  };
}

export function connectionRow(row: StoredConnection): ConnectionRow {
  return { ...row, scopes: JSON.parse(row.scopes) as string[] };
}

export function policyRow(row: StoredPolicy): PolicyRow {
  return { ...row, document: JSON.parse(row.document) as Json };
}

export function policyVersionRow(row: StoredPolicyVersion): PolicyVersionRow {
  return { ...row, document: JSON.parse(row.document) as Json };
}

/** Written out: of a hundred thousand rows the copies would cost more than reading them. */
export function grantRow(row: StoredGrant, further: readonly GrantServer[] = []): GrantRow {
  return {
    id: row.id,
    serverId: row.serverId,
    label: row.label,
    tags: texts(row.tags),
    policyId: row.policyId,
    further,
    owner: row.owner,
    ownerId: row.ownerId,
    allowedAddresses: texts(row.allowedAddresses),
    tokenHash: row.tokenHash,
    sealedToken: row.sealedToken,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    source: row.source,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function texts(json: string): readonly string[] {
  return json === '[]' ? [] : (JSON.parse(json) as string[]);
}

export function toolRow(stored: StoredTool & { readonly revision?: number }): ToolRow {
  const { revision: _, ...row } = stored;
  return {
    ...row,
    classes: JSON.parse(row.classes) as string[],
    assessment: JSON.parse(row.assessment) as Json,
  };
}

export function eventRow(row: StoredEvent): AdminEventRow {
  return { ...row, detail: JSON.parse(row.detail) as Json };
}

export function approvalRow(row: StoredApproval): ApprovalRow {
  return {
    ...row,
    approvers: JSON.parse(row.approvers) as string[],
    result: row.result === null ? null : (JSON.parse(row.result) as Json),
    told: row.told === 1,
    logged: row.logged === 1,
  };
}

export function alertRow(row: StoredAlert): AlertRow {
  return {
    ...row,
    events: JSON.parse(row.events) as string[],
    links: row.links === 1,
    enabled: row.enabled === 1,
  };
}
