/**
 * Who may use the API. Keys are compared by their SHA-256, held in memory and read anew after every change; while they
 * cannot be read, no stored key is good.
 */
import { timingSafeEqual } from 'node:crypto';
import { PortcullisError } from '../errors.ts';
import type { Registry } from '../registry/index.ts';
import { hashToken, type ApiKeyRow } from '../store/index.ts';
import type { Caller } from './contract.ts';

const TOUCH_EVERY_MS = 60_000;

export class KeyRing {
  readonly #registry: Registry;
  readonly #adminHash: Buffer | undefined;
  readonly #touchedAt = new Map<string, number>();
  #keys: Promise<ReadonlyMap<string, ApiKeyRow>> | undefined;

  constructor(registry: Registry, adminKey: string | undefined) {
    this.#registry = registry;
    this.#adminHash = adminKey === undefined ? undefined : Buffer.from(hashToken(adminKey));
    registry.store.onChange(() => (this.#keys = undefined));
  }

  /** Whom an Authorization header stands for. @throws PC_API_UNAUTHORIZED, PC_STORE_UNAVAILABLE */
  async caller(authorization: string | undefined): Promise<Caller> {
    const key = /^Bearer +([^\s]+) *$/i.exec(authorization ?? '')?.[1];
    if (key === undefined) throw new PortcullisError('PC_API_UNAUTHORIZED');
    const hash = hashToken(key);
    if (this.#adminHash !== undefined && timingSafeEqual(Buffer.from(hash), this.#adminHash))
      return {
        name: 'PORTCULLIS_ADMIN_KEY',
        source: 'api',
        role: 'admin',
        organization: this.#registry.organization,
        id: null,
      };
    const row = (await this.#load()).get(hash);
    const now = this.#registry.now();
    if (row === undefined || (row.expiresAt !== null && row.expiresAt <= now))
      throw new PortcullisError('PC_API_UNAUTHORIZED');
    this.#touch(row.id, now);
    const { id, role, organizationId: organization } = row;
    return { name: `API key ${row.label} (${id})`, source: 'api', role, organization, id };
  }

  async #load(): Promise<ReadonlyMap<string, ApiKeyRow>> {
    const loading = (this.#keys ??= this.#read());
    try {
      return await loading;
    } catch (error) {
      if (this.#keys === loading) this.#keys = undefined;
      throw error;
    }
  }

  async #read(): Promise<ReadonlyMap<string, ApiKeyRow>> {
    const rows = await this.#registry.store.apiKeys.list();
    return new Map(rows.map((row) => [row.keyHash, row]));
  }

  /** A time that could not be noted is no reason to refuse the caller. */
  #touch(id: string, now: number): void {
    if (now - (this.#touchedAt.get(id) ?? 0) < TOUCH_EVERY_MS) return;
    this.#touchedAt.set(id, now);
    this.#registry.store.apiKeys.touch(id, now).catch(() => {});
  }
}
