/** What every operation on servers, policies, grants and keys works with, whoever asks for it. */
import { randomBytes } from 'node:crypto';
import { newId, type SecretBox, type ServerRow, type Store } from '../store/index.ts';

export interface Registry {
  readonly store: Store;
  readonly box: SecretBox;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** Whose rows these are. */
  readonly organization: string;
  /** Servers of the organization that do not exist for whoever asks. */
  readonly hidden: ReadonlySet<string>;
  /** Whether a server, and so what belongs to it, exists for whoever asks. */
  readonly sees: (server: ServerRow) => boolean;
  /** The same for what remembers a server that may be gone. */
  readonly seesRecord: (record: { readonly organization: string; readonly serverId: string }) => boolean;
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
  const organization = await store.settings.init('organization.id', newId(now()));
  const { organizations } = store.accounts;
  if ((await organizations.get(organization)) === undefined)
    await organizations.init({ id: organization, name: 'My organization' });
  return scoped({ store, box, now, random }, organization);
}

/** The same registry for another organization, or for one of its members: other servers do not exist for them. */
export function scoped(
  { store, box, now, random }: Omit<Registry, 'organization' | 'hidden' | 'sees' | 'seesRecord'>,
  organization: string,
  hidden: ReadonlySet<string> = new Set(),
): Registry {
  return {
    store,
    box,
    now,
    random,
    organization,
    hidden,
    sees: (server) => server.organizationId === organization && !hidden.has(server.id),
    seesRecord: (record) => record.organization === organization && !hidden.has(record.serverId),
  };
}

export function nextId(registry: Registry): string {
  return newId(registry.now());
}

/** Ascending: what is made together stays in its order in lists. */
export function nextIds(registry: Registry, count: number): string[] {
  return Array.from({ length: count }, () => nextId(registry)).toSorted();
}
