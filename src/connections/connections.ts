/** Sign-ins at the servers that want OAuth: made, kept, used and ended here. Tokens leave this room only as headers of calls. */
import { PortcullisError } from '../errors.ts';
import { hashToken, type ConnectionRow, type SecretBox, type ServerRow, type Store } from '../store/index.ts';
import type { Attempt, CredentialSource, Tokens, UpstreamAuthorization } from '../upstreams/index.ts';
import { keepConnection, readConnection, SHARED, type Vault } from './held-tokens.ts';
import { endConnection, renewTokens } from './renew-tokens.ts';
import { TokenSource } from './token-source.ts';

export interface ConnectionsOptions {
  readonly store: Pick<Store, 'upstreamConnections' | 'onChange'>;
  readonly box: SecretBox;
  readonly authorization: UpstreamAuthorization;
  /** Ms since the epoch. */
  readonly now: () => number;
}

export type ConnectableServer = Pick<ServerRow, 'id' | 'slug' | 'url' | 'auth'>;

/** Who began a sign-in, and where the browser goes afterwards. */
export interface Starter {
  readonly actor: string;
  /** A secret that only the browser has which began it; absent when no browser did. */
  readonly browser?: string;
  /** A path of the gateway's own pages. */
  readonly returnTo?: string;
}

/** A sign-in that came back. */
export interface Returned extends Starter {
  readonly server: { readonly id: string; readonly slug: string; readonly url: string };
  readonly attempt: Attempt;
}

const ATTEMPT_MS = 600_000;

export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #vault: Vault;
  readonly #sources = new Map<string, TokenSource>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    this.#vault = options;
    options.store.onChange(() => {
      for (const source of this.#sources.values()) source.forget();
    });
  }

  /** For the calls to a server; undefined when it has no OAuth. */
  source(server: ConnectableServer): CredentialSource | undefined {
    const { auth, url, id, slug } = server;
    if (!auth || url === null) return undefined;
    const parts = {
      vault: this.#vault,
      authorization: this.#options.authorization,
      now: this.#options.now,
      server: { id, slug, url },
      connect: auth.kind === 'oauth' ? undefined : () => this.#connectItself(server),
    };
    const source = new TokenSource({
      server: slug,
      now: this.#options.now,
      renew: (refused, marginMs) => renewTokens(parts, refused, marginMs),
      giveUp: async () => {
        const open = await readConnection(this.#vault, id);
        if (open !== undefined) await endConnection(parts, open);
      },
    });
    this.#sources.set(id, source);
    return source;
  }

  /**
   * The address that a person must open to sign in; null when the gateway signs in by itself, and then it has.
   * @throws PC_API_CONFLICT for a server without OAuth; PC_UPSTREAM_AUTHORIZATION, PC_UPSTREAM_*
   */
  async begin(server: ConnectableServer, starter: Starter): Promise<string | null> {
    const request = this.#request(server);
    if (server.auth?.kind === 'client_credentials') {
      await this.#connectItself(server);
      return null;
    }
    const before = await readConnection(this.#vault, server.id);
    const { url, attempt } = await this.#options.authorization.begin({
      ...request,
      ...(before === undefined ? {} : { before: before.tokens }),
    });
    const returned: Returned = {
      ...starter,
      ...(starter.browser === undefined ? {} : { browser: hashToken(starter.browser) }),
      server: { id: server.id, ...request.server },
      attempt,
    };
    const id = hashToken(attempt.state);
    await this.#options.store.upstreamConnections.begin({
      id,
      serverId: server.id,
      owner: SHARED,
      sealed: this.#options.box.seal(JSON.stringify(returned), { table: 'connection_attempts', id }),
      expiresAt: this.#options.now() + ATTEMPT_MS,
    });
    return url;
  }

  /**
   * The sign-in that a state belongs to, once, and only in the browser that began it.
   * @throws PC_API_NOT_FOUND
   */
  async returned(state: string, browser: string | undefined): Promise<Returned> {
    const { id, sealed } = await this.#options.store.upstreamConnections.take(hashToken(state));
    const text = this.#options.box.open(sealed, { table: 'connection_attempts', id });
    const returned = JSON.parse(text) as Returned;
    const isOwn =
      returned.browser === undefined || (browser !== undefined && hashToken(browser) === returned.browser);
    if (!isOwn) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'sign-in' });
    return returned;
  }

  /** Exchanges what the browser brought. @throws PC_UPSTREAM_AUTHORIZATION, PC_UPSTREAM_* */
  async finish({ server, attempt }: Returned, parameters: URLSearchParams): Promise<void> {
    const tokens = await this.#options.authorization.finish(server.slug, attempt, parameters);
    await keepConnection(this.#vault, server.id, { url: server.url, tokens });
  }

  /** Forgets the tokens, then takes them back at their server. @returns whether that server confirmed it */
  async disconnect(server: ConnectableServer): Promise<boolean> {
    const open = await readConnection(this.#vault, server.id);
    await this.#options.store.upstreamConnections.remove(server.id);
    if (open === undefined || open.tokens.accessToken === '') return true;
    return this.#options.authorization.revoke(server.slug, open.tokens).then(
      () => open.tokens.issuer.revocation_endpoint !== undefined,
      () => false,
    );
  }

  /** What may be shown, by server id. */
  async states(): Promise<ReadonlyMap<string, Pick<ConnectionRow, 'status' | 'expiresAt' | 'scopes'>>> {
    const rows = await this.#options.store.upstreamConnections.list();
    return new Map(rows.filter(({ owner }) => owner === SHARED).map((row) => [row.serverId, row]));
  }

  async #connectItself(server: ConnectableServer): Promise<Tokens> {
    const { client, ...request } = this.#request(server);
    if (client === undefined)
      throw new PortcullisError('PC_API_CONFLICT', { detail: 'Client credentials need a client.' });
    const tokens = await this.#options.authorization.clientCredentials({ ...request, client });
    await keepConnection(this.#vault, server.id, { url: request.server.url, tokens });
    return tokens;
  }

  #request({ id, slug, url, auth }: ConnectableServer) {
    if (!auth || url === null)
      throw new PortcullisError('PC_API_CONFLICT', { detail: 'This server is not set up for OAuth.' });
    const { clientId, sealedClientSecret, scopes } = auth;
    const secret =
      sealedClientSecret === undefined
        ? undefined
        : this.#options.box.open(sealedClientSecret, { table: 'servers.auth', id });
    const client =
      clientId === undefined ? undefined : { id: clientId, ...(secret === undefined ? {} : { secret }) };
    return {
      server: { slug, url },
      ...(client === undefined ? {} : { client }),
      ...(scopes === undefined ? {} : { scopes }),
    };
  }
}
