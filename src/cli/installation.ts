/** The data directory, its keys and its database, opened. */
import { openRegistry, type Registry } from '../registry/index.ts';
import { createSecretBox, loadMasterKey, openStore, type Store } from '../store/index.ts';
import type { Environment } from './environment.ts';

export interface Installation {
  readonly home: string;
  readonly store: Store;
  readonly masterKey: Buffer;
  readonly previousKeys: readonly Buffer[];
  readonly registry: Registry;
}

/**
 * Creates what is not there yet: keys, tables, the organization. The caller closes the store.
 * @throws PC_CONFIG_INVALID, PC_STORE_UNAVAILABLE
 */
export async function openInstallation(environment: Environment): Promise<Installation> {
  const { home, databaseUrl, variables } = environment;
  const { key: masterKey, previous: previousKeys } = loadMasterKey(home, variables);
  const store = await openStore(databaseUrl);
  try {
    const box = createSecretBox(masterKey, previousKeys, () => loadMasterKey(home, variables));
    const registry = await openRegistry({ store, box });
    return { home, store, masterKey, previousKeys, registry };
  } catch (error) {
    await store.close();
    throw error;
  }
}
