/** Keys for the REST API. The database has their hashes only; a lost key is replaced, never shown again. */
import { hashToken, newToken, type ApiKeyRow } from '../store/index.ts';
import { nameProblems } from './check-target.ts';
import { found, refusePast, refuseProblems } from './problems.ts';
import { recordEvent } from './record-event.ts';
import { nextId, type Actor, type Registry } from './registry.ts';

export const ROLES = ['viewer', 'policy_manager', 'admin'] as const;
/** Each may do what those before it may. */
export type Role = (typeof ROLES)[number];

export interface MintedApiKey {
  readonly row: ApiKeyRow;
  readonly key: string;
}

/** @throws PC_API_INVALID */
export async function mintApiKey(
  registry: Registry,
  actor: Actor,
  input: { readonly label: string; readonly role: Role; readonly expiresAt?: number | null },
): Promise<MintedApiKey> {
  refuseProblems(nameProblems(input.label, '/label'));
  refusePast(input.expiresAt, registry.now());
  const key = newToken('pca', registry.random);
  const row = await registry.store.apiKeys.insert({
    id: nextId(registry),
    organizationId: registry.organization,
    label: input.label,
    role: input.role,
    keyHash: hashToken(key),
    expiresAt: input.expiresAt ?? null,
  });
  await recordEvent(registry, actor, 'api_key.mint', row.id, { label: row.label, role: row.role });
  return { row, key };
}

export async function listApiKeys({ store, organization }: Registry): Promise<ApiKeyRow[]> {
  return (await store.apiKeys.list()).filter(({ organizationId }) => organizationId === organization);
}

/** @throws PC_API_NOT_FOUND */
export async function removeApiKey(registry: Registry, actor: Actor, id: string): Promise<void> {
  found(
    (await listApiKeys(registry)).find((row) => row.id === id),
    'API key',
  );
  await registry.store.apiKeys.remove(id);
  await recordEvent(registry, actor, 'api_key.remove', id, {});
}
