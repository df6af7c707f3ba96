export { mintApiKey, removeApiKey, ROLES, type MintedApiKey, type Role } from './api-keys.ts';
export {
  commandProblems,
  headerProblems,
  nameProblems,
  urlProblems,
  variableProblems,
} from './check-target.ts';
export { confirm, type Confirmed } from './confirm.ts';
export { DecisionFeed, type DecisionListener } from './decision-feed.ts';
export {
  grantProblems,
  mintGrant,
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
export { found, invalid, isMissing, pointerToken } from './problems.ts';
export { recordEvent } from './record-event.ts';
export { openRegistry, type Actor, type Registry, type RegistryOptions } from './registry.ts';
export {
  openSecrets,
  registerServer,
  removeServer,
  requireServer,
  serverProblems,
  updateServer,
  type ServerChange,
  type ServerInput,
  type ServerTarget,
} from './servers.ts';
export { slugOf } from './slug.ts';
export { changeTool, type ToolChange } from './tools.ts';
