/** Sign-ins at the servers that want OAuth: made, kept, used and ended here. Tokens leave this room only as headers of calls. */
import { PortcullisError } from '../errors.ts';
import {
  hashToken,
  openServerAuth,
  type ConnectionRow,
  type SecretBox,
  type ServerRow,
  type Store,
} from '../store/index.ts';
import type { Attempt, CredentialSource, Tokens, UpstreamAuthorization } from '../upstreams/index.ts';
import { keepConnection, openConnection, readConnection, SHARED, type Vault } from './held-tokens.ts';
import type { OpenConnection } from './held-tokens.ts';
import { endConnection, renewTokens } from './renew-tokens.ts';
import { TokenSource } from './token-source.ts';

export interface ConnectionsOptions {
  readonly store: Pick<Store, 'upstreamConnections' | 'onChange'>;
  readonly box: SecretBox;
  readonly authorization: UpstreamAuthorization;
  /** Where people find the gateway's pages; without a slash at its end. */
  readonly publicUrl: string;
  /** Ms since the epoch. */
  readonly now: () => number;
}

export type ConnectableServer = Pick<ServerRow, 'id' | 'slug' | 'url' | 'auth'>;

/** Who began a sign-in, and where the browser goes afterwards. */
export interface Starter {
  readonly actor: string;
  /** The person who connects for themself; absent when the connection is everybody's. */
  readonly person?: string;
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

/** How long a sign-in may take. */
export const ATTEMPT_MS = 600_000;

/** What may be shown of a connection. */
export type ConnectionState = Pick<ConnectionRow, 'owner' | 'status' | 'expiresAt' | 'scopes'>;

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

  /**
   * For the calls to a server; undefined when it has no OAuth.
   * @param person whose calls they are, at a server where everybody signs in for themself
   * @throws PC_UPSTREAM_PERSON at such a server when nobody is named
   */
  source(server: ConnectableServer, person?: string): CredentialSource | undefined {
    const { auth, url, id, slug } = server;
    if (!auth || url === null) return undefined;
    const owner = this.#owner(server, person);
    const parts = {
      vault: this.#vault,
      authorization: this.#options.authorization,
      now: this.#options.now,
      server: { id, slug, url },
      owner,
      signIn: () => this.#signIn(slug, owner),
      connect: auth.kind === 'oauth' ? undefined : () => this.#connectItself(server),
    };
    const source = new TokenSource({
      server: slug,
      now: this.#options.now,
      renew: (refused, marginMs) => renewTokens(parts, refused, marginMs),
      giveUp: async () => {
        const open = await readConnection(this.#vault, id, owner);
        if (open !== undefined) await endConnection(parts, open);
      },
    });
    this.#sources.set(`${id}\n${owner}`, source);
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
    const owner = this.#owner(server, starter.person);
    const before = await readConnection(this.#vault, server.id, owner);
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
      owner,
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
  async finish({ server, attempt, person }: Returned, parameters: URLSearchParams): Promise<void> {
    const tokens = await this.#options.authorization.finish(server.slug, attempt, parameters);
    await keepConnection(this.#vault, server.id, person ?? SHARED, { url: server.url, tokens });
  }

  /**
   * Forgets the tokens, then takes them back at their server.
   * @param person whose they are, at a server where everybody signs in for themself
   * @returns whether that server confirmed it
   */
  async disconnect(server: ConnectableServer, person?: string): Promise<boolean> {
    const owner = this.#owner(server, person);
    const open = await readConnection(this.#vault, server.id, owner);
    await this.#options.store.upstreamConnections.remove(server.id, owner);
    return open === undefined || this.#revoke(server.slug, open);
  }

  /**
   * What a person holds at these servers, for when they leave: to be asked before the tokens are forgotten.
   * @returns takes the tokens back at their servers; never rejects
   */
  async leaving(person: string, servers: readonly ConnectableServer[]): Promise<() => Promise<void>> {
    const slugs = new Map(servers.map(({ id, slug }) => [id, slug]));
    const rows = (await this.#options.store.upstreamConnections.list()).filter(
      ({ owner, serverId }) => owner === person && slugs.has(serverId),
    );
    const held = rows.map((row) => openConnection(this.#vault.box, row));
    return async () => {
      await Promise.all(held.map((open) => this.#revoke(slugs.get(open.row.serverId) ?? '', open)));
    };
  }

  /** What may be shown of a server's connection: the caller's own where everybody has theirs. */
  async states(
    person: string | undefined,
  ): Promise<(server: ConnectableServer) => ConnectionState | undefined> {
    const rows = await this.#options.store.upstreamConnections.list();
    return ({ id, auth }) => {
      const owner = auth?.perUser === true ? person : SHARED;
      return rows.find((row) => row.serverId === id && row.owner === owner);
    };
  }

  /** Everybody's own connection to a server, the owner's id in each. */
  async people({ id }: ConnectableServer): Promise<readonly ConnectionState[]> {
    const rows = await this.#options.store.upstreamConnections.list();
    return rows.filter(({ serverId, owner }) => serverId === id && owner !== SHARED);
  }

  /** Whose connection a call or a request is about. */
  #owner({ slug, auth }: ConnectableServer, person: string | undefined): string {
    if (auth?.perUser !== true) return SHARED;
    if (person !== undefined && person !== SHARED) return person;
    throw new PortcullisError('PC_UPSTREAM_PERSON', {
      server: slug,
      detail: 'Only somebody who is signed in to Portcullis as a person can do this',
    });
  }

  #signIn(server: string, owner: string): PortcullisError {
    if (owner === SHARED) return new PortcullisError('PC_UPSTREAM_SIGN_IN', { server });
    const detail = `That person must choose “Connect as me” at ${this.#options.publicUrl}/servers/${server}`;
    return new PortcullisError('PC_UPSTREAM_PERSON', { server, detail });
  }

  #revoke(server: string, { tokens }: OpenConnection): Promise<boolean> {
    if (tokens.accessToken === '') return Promise.resolve(true);
    return this.#options.authorization.revoke(server, tokens).then(
      () => tokens.issuer.revocation_endpoint !== undefined,
      () => false,
    );
  }

  async #connectItself(server: ConnectableServer): Promise<Tokens> {
    const { client, ...request } = this.#request(server);
    if (client === undefined)
      throw new PortcullisError('PC_API_CONFLICT', { detail: 'Client credentials need a client.' });
    const tokens = await this.#options.authorization.clientCredentials({ ...request, client });
    await keepConnection(this.#vault, server.id, SHARED, { url: request.server.url, tokens });
    return tokens;
  }

  #request({ id, slug, url, auth }: ConnectableServer) {
    if (!auth || url === null)
      throw new PortcullisError('PC_API_CONFLICT', { detail: 'This server is not set up for OAuth.' });
    const { clientId, clientSecret: secret, scopes } = openServerAuth(this.#options.box, { id, auth })!;
    const client =
      clientId === undefined ? undefined : { id: clientId, ...(secret === undefined ? {} : { secret }) };
    return {
      server: { slug, url },
      ...(client === undefined ? {} : { client }),
      ...(scopes === undefined ? {} : { scopes }),
    };
  }
}
