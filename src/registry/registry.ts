/** What every operation on servers, policies, grants and keys works with, whoever asks for it. */
import { randomBytes } from 'node:crypto';
import { newId, type SecretBox, type Store } from '../store/index.ts';

export interface Registry {
  readonly store: Store;
  readonly box: SecretBox;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** Whose rows these are. */
  readonly organization: string;
}

export interface RegistryOptions {
  readonly store: Store;
  readonly box: SecretBox;
  readonly now?: () => number;
  readonly random?: (bytes: number) => Uint8Array;
}

/** Who asks, as the admin audit names them, and by which way: rows remember it. */
export interface Actor {
  readonly name: string;
  readonly source: 'api' | 'cli' | 'config';
}

/**
 * The registry of an installation. The first one to open it names its organization.
 * @throws PC_STORE_UNAVAILABLE
 */
export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const { store, box, now = Date.now, random = randomBytes } = options;
  const organization = await store.settings.init('organization.id', newId(now(), random));
  return { store, box, now, random, organization };
}

export function nextId(registry: Registry): string {
  return newId(registry.now(), registry.random);
}
