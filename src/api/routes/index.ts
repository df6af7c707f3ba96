/** Every route under /api/v1. A literal path stands before one with a parameter in its place. */
import type { Route } from '../contract.ts';
import { alertRoutes } from './alerts.ts';
import { approvalRoutes } from './approvals.ts';
import { catalogRoutes } from './catalog.ts';
import { accountSetupRoutes } from './account-setup.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { invitationRoutes } from './invitations.ts';
import { meRoutes } from './me.ts';
import { classifyRoutes } from './classify.ts';
import { connectionRoutes } from './connections.ts';
import { contactMessageRoutes } from './contact-messages.ts';
import { decisionRoutes } from './decisions.ts';
import { evaluateRoutes } from './evaluate.ts';
import { eventRoutes } from './events.ts';
import { grantRoutes } from './grants.ts';
import { inventoryRoutes } from './inventory.ts';
import { policyChangeRoutes } from './policy-changes.ts';
import { policyAttackRoutes } from './policy-attack.ts';
import { policyRoutes } from './policies.ts';
import { policyCheckRoutes } from './policy-checks.ts';
import { policyCodeRoutes } from './policy-code.ts';
import { memberRoutes } from './members.ts';
import { organizationRoutes } from './organization.ts';
import { statRoutes } from './stats.ts';
import { serverMemberRoutes } from './server-members.ts';
import { sessionRoutes } from './sessions.ts';
import { serverRoutes } from './servers.ts';
import { toolRoutes } from './tools.ts';

export const TABLE = [
  ...accountSetupRoutes,
  ...meRoutes,
  ...sessionRoutes,
  ...organizationRoutes,
  ...memberRoutes,
  ...invitationRoutes,
  ...apiKeyRoutes,
  ...serverMemberRoutes,
  ...serverRoutes,
  ...connectionRoutes,
  ...toolRoutes,
  ...policyCheckRoutes,
  ...policyCodeRoutes,
  ...policyChangeRoutes,
  ...policyAttackRoutes,
  ...policyRoutes,
  ...grantRoutes,
  ...inventoryRoutes,
  ...decisionRoutes,
  ...statRoutes,
  ...approvalRoutes,
  ...alertRoutes,
  ...eventRoutes,
  ...evaluateRoutes,
  ...classifyRoutes,
  ...contactMessageRoutes,
  ...catalogRoutes,
];

export const ROUTES: readonly Route[] = TABLE;
