/**
 * One server, one policy, one grant, held in memory: what `wrap` puts in front of a server. The ids derive from the
 * server's name, so that counters in the log go on where they stood after a crash.
 */
import { compilePolicy, type PolicyDocument } from '../policy/index.ts';
import { hashToken } from '../store/index.ts';
import type { UpstreamConfig } from '../upstreams/index.ts';
import type { ConnectServer, Directory, GrantEntry, ServerEntry } from './directory.ts';

export interface LocalSettings {
  readonly name: string;
  readonly slug: string;
  readonly config: UpstreamConfig;
  readonly document: PolicyDocument;
  /** Wraps of one server that run at the same time count apart. */
  readonly slot: number;
  /** What HTTP clients must send; absent on stdio. */
  readonly token?: string;
}

export class LocalDirectory implements Directory {
  readonly #settings: LocalSettings;
  readonly #connect: ConnectServer;
  readonly #tokenHash: string | undefined;
  #server: ServerEntry | undefined;
  #grant: GrantEntry;
  #version = 1;

  constructor(settings: LocalSettings, connect: ConnectServer) {
    this.#settings = settings;
    this.#connect = connect;
    this.#tokenHash = settings.token === undefined ? undefined : hashToken(settings.token);
    this.#grant = this.#grantFor(settings.document);
  }

  /** The next message is judged by the new document. */
  replacePolicy(document: PolicyDocument): void {
    this.#version += 1;
    this.#grant = this.#grantFor(document);
  }

  server(idOrSlug: string): ServerEntry | undefined {
    return idOrSlug === this.#server?.id || idOrSlug === this.#server?.slug ? this.#server : undefined;
  }

  servers(): ReadonlySet<ServerEntry> {
    return new Set(this.#server === undefined ? [] : [this.#server]);
  }

  grant(id: string): GrantEntry | undefined {
    return id === this.#grant.id ? this.#grant : undefined;
  }

  grantOf(token: string): GrantEntry | undefined {
    return this.#tokenHash !== undefined && hashToken(token) === this.#tokenHash ? this.#grant : undefined;
  }

  stands(grant: GrantEntry): boolean {
    return grant.id === this.#grant.id;
  }

  people(): ReadonlySet<string> {
    return new Set();
  }

  async load(): Promise<{ readonly removed: readonly ServerEntry[] }> {
    const { name, slug, config } = this.#settings;
    const id = this.#grant.serverId;
    this.#server ??= {
      id,
      slug,
      name,
      organization: 'local',
      caseSensitive: false,
      fingerprint: id,
      ...(await this.#connect({ id, slug, name }, config)),
    };
    return { removed: [] };
  }

  #grantFor(document: PolicyDocument): GrantEntry {
    const { slug, slot } = this.#settings;
    return {
      id: `wrap-${slug}-${slot}`,
      label: slot === 0 ? 'wrap' : `wrap ${slot + 1}`,
      tags: [],
      serverId: `wrap-${slug}`,
      expiresAt: undefined,
      policy: { id: `wrap-${slug}`, version: this.#version, compiled: compilePolicy(document) },
    };
  }
}
