export { listApiKeys, mintApiKey, removeApiKey, ROLES, type MintedApiKey, type Role } from './api-keys.ts';
export { nameProblems, urlProblems } from './check-target.ts';
export { backtest, toolsInUse, type Backtest, type BacktestRequest } from './backtest.ts';
export { confirm, type Confirmed } from './confirm.ts';
export { fitsDecision, type DecisionFilter } from './decision-filter.ts';
export { DecisionFeed, type DecisionListener } from './decision-feed.ts';
export {
  grantProblems,
  mintGrant,
  mintGrants,
  mintSharedGrant,
  patchGrant,
  removeGrant,
  requireGrant,
  revealGrant,
  revokeGrant,
  rotateGrant,
  type GrantChange,
  type GrantInput,
  type MintedGrant,
} from './grants.ts';
export type { GrantServerInput } from './grant-servers.ts';
export {
  createPolicy,
  removePolicy,
  requirePolicy,
  rollbackPolicy,
  savePolicy,
  type PolicyInput,
  type SavedPolicy,
} from './policies.ts';
export { readPolicySource, type PolicySource } from './policy-source.ts';
export { found, invalid, isMissing, pointerToken, refuseProblems } from './problems.ts';
export { changeMember, removeMember, requireMember } from './members.ts';
export { createOrganization } from './organizations.ts';
export { recordEvent } from './record-event.ts';
export { nextId, openRegistry, scoped, type Actor, type Registry, type RegistryOptions } from './registry.ts';
export {
  listServers,
  registerServer,
  removeServer,
  requireServer,
  serverProblems,
  updateServer,
  type ServerChange,
  type ServerInput,
  type ServerTarget,
} from './servers.ts';
export { serverMembersOf, setServerMembers } from './server-members.ts';
export {
  accessAuth,
  accessHeaders,
  accessProblems,
  newAccessHeaders,
  type ServerAccess,
} from './server-access.ts';
export type { ServerAuthInput } from './server-auth.ts';
export { grantFilter } from './list-grants.ts';
export { seesGrant } from './visible.ts';
export { slugOf } from './slug.ts';
export { changeTool, type ToolChange } from './tools.ts';
