/** What the API says and takes: the very schemas that it checks by. */
import type { z } from 'zod';
import type {
  apiKeyShape,
  apiKeyWithSecretShape,
  invitationShape,
  memberShape,
} from '../../../src/api/shapes/account.ts';
import type { alertDetailShape, alertShape } from '../../../src/api/shapes/alert.ts';
import type { coverageShape } from '../../../src/api/shapes/attack.ts';
import type { approvalSettingsShape } from '../../../src/api/shapes/approval.ts';
import type { catalogServerShape } from '../../../src/api/shapes/catalog.ts';
import type { grantShape, grantWithTokenShape } from '../../../src/api/shapes/grant.ts';
import type { inventoryShape } from '../../../src/api/shapes/inventory.ts';
import type { policyShape, policyVersionShape } from '../../../src/api/shapes/policy.ts';
import type { serverInput, serverPatch, serverShape } from '../../../src/api/shapes/server.ts';
import type { verdictShape } from '../../../src/api/shapes/verdict.ts';
import type { Assessment } from '../../../src/catalog/index.ts';
import type { KnownToolView } from '../../../src/gateway/index.ts';
import type { ToolClass } from '../../../src/policy/types.ts';

export type { ToolClass };
export type { DecisionRecord as Decision, RecordedReservation } from '../../../src/audit/record.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export type Server = z.output<typeof serverShape>;
export type ServerInput = z.input<typeof serverInput>;
export type ServerPatch = z.input<typeof serverPatch>;
export type Policy = z.output<typeof policyShape>;
export type PolicyVersion = z.output<typeof policyVersionShape>;
export type Grant = z.output<typeof grantShape>;
export type GrantWithToken = z.output<typeof grantWithTokenShape>;
export type AttackCoverage = z.output<typeof coverageShape>;
export type Verdict = z.output<typeof verdictShape>;

export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface ToolDefinition {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema?: JsonSchema;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

export type Tool = Omit<KnownToolView, 'definition' | 'class' | 'classes' | 'assessment'> & {
  readonly definition: ToolDefinition;
  readonly class: ToolClass;
  readonly classes: readonly ToolClass[];
  readonly assessment: Partial<Assessment> | null;
};

export interface AdminEvent {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: unknown;
}

export type Inventory = z.output<typeof inventoryShape>;

export type Member = z.output<typeof memberShape>;
export type Alert = z.output<typeof alertShape>;
export type AlertDetail = z.output<typeof alertDetailShape>;
export type ApprovalSettings = z.output<typeof approvalSettingsShape>;
export type CatalogServer = z.output<typeof catalogServerShape>;
export type Invitation = z.output<typeof invitationShape>;
export type ApiKey = z.output<typeof apiKeyShape>;
export type ApiKeyWithSecret = z.output<typeof apiKeyWithSecretShape>;

/** A place where somebody is signed in. */
export interface Session {
  readonly id: string;
  readonly current: boolean;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
}
