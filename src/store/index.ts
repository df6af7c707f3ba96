export { openStore } from './open-store.ts';
export type { StoreOptions } from './open-store.ts';
export { homeDirectory } from './keys/home.ts';
export type { EnvironmentVariables } from './keys/home.ts';
export { loadMasterKey } from './keys/master-key.ts';
export type { MasterKeys } from './keys/master-key.ts';
export { createSecretBox } from './keys/secret-box.ts';
export type { SecretBox, SecretPlace } from './keys/secret-box.ts';
export { loadSigningKey } from './keys/signing-key.ts';
export type { AuditSigningKey } from './keys/signing-key.ts';
export { claimSlot } from './slots.ts';
export type { Slot } from './slots.ts';
export { hashToken, isWellFormedToken, newToken } from './tokens.ts';
export { newId } from './new-id.ts';
export type { EntryFilter, Page, PageRequest } from './page-types.ts';
export type {
  AdminEventRow,
  ApiKeyRow,
  ChainRow,
  CounterRow,
  EntryRow,
  GrantRow,
  PolicyRow,
  PolicyVersionRow,
  RetiredTokenRow,
  ServerRow,
  Store,
  ToolRow,
} from './types.ts';
