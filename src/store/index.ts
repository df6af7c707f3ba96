export { openStore } from './open-store.ts';
export type { StoreOptions } from './open-store.ts';
export { homeDirectory } from './keys/home.ts';
export type { EnvironmentVariables } from './keys/home.ts';
export { derivedKey } from './keys/derived-key.ts';
export { loadMasterKey } from './keys/master-key.ts';
export type { MasterKeys } from './keys/master-key.ts';
export { loadDerivationKey } from './keys/derivation-key.ts';
export { forgetPreviousKeys, rotateKeyFile } from './keys/rotate-key-file.ts';
export { createSecretBox } from './keys/secret-box.ts';
export { openSecrets, openServerAuth } from './keys/server-secrets.ts';
export { connectionPlace } from './repositories/secrets.ts';
export { MOST_UNKNOWN } from './repositories/unknown-outcomes.ts';
export type { SecretBox, SecretPlace } from './keys/secret-box.ts';
export { loadSigningKey } from './keys/signing-key.ts';
export type { AuditSigningKey } from './keys/signing-key.ts';
export { claimSlot } from './slots.ts';
export type { Slot } from './slots.ts';
export { serversOf } from './grant-servers.ts';
export { hashToken, isWellFormedToken, newToken } from './tokens.ts';
export { OVERHEAD_BOUNDS, percentile, UPSTREAM_BOUNDS } from './stats/histogram.ts';
export { newId } from './new-id.ts';
export { decodeBlock, type Block } from './log/block.ts';
export { lineSays } from './log/search.ts';
export { BlockBuilder, type EntryFacts } from './log/block-builder.ts';
export type { EntryFilter, GrantFilter, Page, PageRequest } from './page-types.ts';
export type {
  AlertRow,
  AlertStore,
  ApprovalFilter,
  ApprovalRow,
  ApprovalState,
  ApprovalStore,
  ApprovalVoteRow,
  DeliveryRow,
  NewApproval,
} from './approval-types.ts';
export type {
  CatalogBatch,
  CatalogHitRow,
  CatalogPosition,
  CatalogServerRow,
  CatalogTables,
  CatalogToolRow,
  Indexed,
  SearchWords,
  WordMatch,
  WordQuery,
} from './catalog/types.ts';
export { exactWord } from './catalog/word-query.ts';
export type {
  AccountStore,
  InvitationRow,
  MembershipRow,
  MemberRole,
  MemberRow,
  OrganizationRow,
  PersonRow,
  SessionRow,
} from './account-types.ts';
export type {
  AdminEventRow,
  ApiKeyRow,
  BlockRange,
  ChainRow,
  ConnectionAttemptRow,
  ConnectionRow,
  ContactLimits,
  ContactMessageRow,
  CounterRow,
  EntryRow,
  GrantCount,
  GrantRow,
  NewGrant,
  GrantServer,
  PolicyRow,
  PolicyVersionRow,
  RemovalRow,
  RetiredTokenRow,
  ServerAuth,
  ServerRow,
  StatKey,
  StatSeries,
  StatPoint,
  StatQuery,
  StatSums,
  Store,
  ToolRow,
  ToolSummary,
  UnknownOutcomeRow,
} from './types.ts';
