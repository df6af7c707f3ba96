/**
 * Accounts as the API uses them. While the database cannot be used nobody is signed in; nothing here is on the path of a
 * call.
 */
import { PortcullisError } from '../errors.ts';
import { canonicalJson, type JsonObject } from '../json.ts';
import { newId, type InvitationRow } from '../store/index.ts';
import { ADDRESS_HEADER } from './address-header.ts';
import { checkProviderRequest } from './check-provider-request.ts';
import { checkReturnPaths } from './check-return-paths.ts';
import type { Admitted, Library } from './create-library.ts';
import { BASE_PATH, doorOf } from './doors.ts';
import { acceptInvitation, invite, openInvitation, type OpenInvitation } from './invitations.ts';
import type { Loaded } from './load-library.ts';
import { joinInvited } from './join-invited.ts';
import { useOwnerLink } from './owner-link.ts';
import { checkSameOrigin } from './same-origin.ts';
import { forgive, throttle } from './throttle.ts';
import type { AccountOptions, SignedIn, SignedInAnswer } from './types.ts';
import { withoutToken } from './without-token.ts';

const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?portcullis\.session_token=/;

/** Paths that a provider is needed for. */
const BY_PROVIDER = /^\/(?:sign-in\/social$|callback\/)/;

type Invite = Parameters<typeof invite> extends [unknown, ...infer Rest] ? Rest : never;

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export class Accounts {
  readonly options: AccountOptions;
  readonly #admitted: Admitted = new Set();
  #loaded: Promise<Loaded> | undefined;
  #again: Promise<Loaded> | undefined;

  constructor(options: AccountOptions) {
    this.options = options;
  }

  /** Whether a request relies on a session cookie. */
  hasSession(headers: Headers): boolean {
    return SESSION_COOKIE.test(headers.get('cookie') ?? '');
  }

  /**
   * Who is signed in, by the session cookie.
   * @throws PC_HOST_FORBIDDEN, PC_CROSS_SITE before the cookie is looked at; PC_API_UNAUTHORIZED
   */
  async signedIn(request: Request, address: string): Promise<SignedIn> {
    checkSameOrigin(this.options.addresses, request.method, request.headers);
    const library = await this.#load();
    const { headers, response: found } = await library.api.getSession({
      headers: this.#headers(request, address),
      returnHeaders: true,
    });
    if (found === null) throw new PortcullisError('PC_API_UNAUTHORIZED');
    const { session, user } = found;
    return {
      sessionId: session.id,
      personId: user.id,
      name: user.name,
      email: user.email,
      emailVerified: user.emailVerified,
      twoFactorEnabled: user.twoFactorEnabled ?? false,
      activeOrganizationId: session.activeOrganizationId ?? null,
      expiresAt: session.expiresAt.getTime(),
      setCookie: headers.getSetCookie(),
    };
  }

  /**
   * Answers what lies under /api/auth.
   * @param members of the body; absent with GET
   * @throws PC_API_NOT_FOUND, PC_CROSS_SITE, PC_API_INVALID, PC_THROTTLED
   */
  async handle(request: Request, members: JsonObject | undefined, address: string): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.slice(BASE_PATH.length);
    const door = doorOf(request.method, path);
    if (door === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'page' });
    checkSameOrigin(this.options.addresses, request.method, request.headers);
    const given = members ?? {};
    checkReturnPaths(Object.entries(given));
    checkReturnPaths(url.searchParams);
    if (path === '/sign-in/social') checkProviderRequest(given);
    // What is tried to be opened.
    const account = typeof given['email'] === 'string' ? given['email'] : undefined;
    const { store, now } = this.options;
    if (door === 'throttled') await throttle(store, now(), { address, account });
    const library = await (BY_PROVIDER.test(path) ? this.#loadWhole() : this.#load());
    const answer = await library.handler(
      new Request(`${this.options.publicUrl}${url.pathname}${url.search}`, {
        method: request.method,
        headers: this.#headers(request, address),
        // Written anew: the library reads what was judged here, and nothing else.
        ...(members === undefined ? {} : { body: canonicalJson(members) }),
      }),
    );
    if (answer.ok && path === '/sign-in/email' && account !== undefined) await forgive(store, account);
    return withoutToken(answer);
  }

  /** The owner link's promise: an admin of the installation's organization. @throws PC_SETUP_TOKEN, PC_THROTTLED */
  async setup(request: Request, address: string, token: string, person: NewPerson): Promise<SignedInAnswer> {
    const { store, organization, now } = this.options;
    checkSameOrigin(this.options.addresses, request.method, request.headers);
    await throttle(store, now(), { address });
    if (!(await useOwnerLink(this.options, token))) throw new PortcullisError('PC_SETUP_TOKEN');
    const known = await store.accounts.people.byEmail(person.email);
    const userId = known?.id ?? (await this.#create(person, true));
    if (known !== undefined) await this.#replacePassword(known.id, person.password);
    const member = { id: newId(now()), organizationId: organization, userId, role: 'admin' as const };
    await store.accounts.members.put(member);
    return this.#signIn(request, address, person, userId);
  }

  /** Makes an account by an invitation. @throws PC_INVITATION_INVALID, PC_API_CONFLICT, PC_THROTTLED */
  async join(
    request: Request,
    address: string,
    invitationId: string,
    person: Omit<NewPerson, 'email'>,
  ): Promise<SignedInAnswer> {
    const { store, now } = this.options;
    checkSameOrigin(this.options.addresses, request.method, request.headers);
    await throttle(store, now(), { address });
    const invitation = await store.accounts.invitations.get(invitationId);
    if (invitation === undefined) throw new PortcullisError('PC_INVITATION_INVALID');
    const { email } = invitation;
    if ((await store.accounts.people.byEmail(email)) !== undefined)
      throw new PortcullisError('PC_API_CONFLICT', {
        detail: 'This address has an account: sign in and accept the invitation.',
      });
    // Only a mail proves that the address is theirs; a link may have been handed over in another way.
    const userId = await this.#create({ ...person, email }, false);
    const member = { id: newId(now()), userId };
    if (!(await store.accounts.invitations.accept(invitationId, member)))
      throw new PortcullisError('PC_INVITATION_INVALID');
    return this.#signIn(request, address, { ...person, email }, userId);
  }

  /** @throws PC_INVITATION_INVALID, PC_THROTTLED */
  async invitation(id: string, address: string): Promise<OpenInvitation> {
    await throttle(this.options.store, this.options.now(), { address });
    return openInvitation(this.options, id);
  }

  /** @throws PC_INVITATION_INVALID, PC_THROTTLED; PC_API_UNAUTHORIZED when nobody is signed in */
  async accept(person: SignedIn | undefined, id: string, address: string): Promise<void> {
    if (person === undefined) throw new PortcullisError('PC_API_UNAUTHORIZED');
    await throttle(this.options.store, this.options.now(), { address });
    await acceptInvitation(this.options, id, person);
  }

  /** @throws PC_API_CONFLICT for a member */
  invite(...[organizationId, inviter, invited]: Invite): Promise<InvitationRow> {
    return invite(this.options, organizationId, inviter, invited);
  }

  /** Loads what takes a while, so that the first sign-in does not wait for it. */
  warm(): void {
    this.#load().catch(() => {});
  }

  async #load(): Promise<Library> {
    const loading = (this.#loaded ??= this.#read());
    try {
      return (await loading).library;
    } catch (error) {
      if (this.#loaded === loading) this.#loaded = undefined;
      throw error;
    }
  }

  /** Tries anew for a provider that could not be reached, and has nobody wait but those who want to sign in by it. */
  async #loadWhole(): Promise<Library> {
    const library = await this.#load();
    if ((await this.#loaded)?.isWhole !== false) return library;
    const again = (this.#again ??= this.#read().finally(() => (this.#again = undefined)));
    const loaded = await again;
    if (loaded.isWhole) this.#loaded = again;
    return loaded.library;
  }

  async #read(): Promise<Loaded> {
    const { loadLibrary } = await import('./load-library.ts');
    return loadLibrary(this.options, this.#admitted);
  }

  async #create({ name, email, password }: NewPerson, emailVerified: boolean): Promise<string> {
    const context = await (await this.#load()).$context;
    const address = email.toLowerCase();
    this.#admitted.add(address);
    try {
      const hash = await context.password.hash(password);
      const { id } = await context.internalAdapter.createUser(
        { name, email: address, emailVerified },
        { method: 'email-password' },
      );
      await context.internalAdapter.linkAccount({
        userId: id,
        providerId: 'credential',
        accountId: id,
        password: hash,
      });
      if (emailVerified) await joinInvited(this.options, { id, email: address });
      return id;
    } finally {
      this.#admitted.delete(address);
    }
  }

  async #replacePassword(userId: string, password: string): Promise<void> {
    const { internalAdapter, password: passwords } = await (await this.#load()).$context;
    const hash = await passwords.hash(password);
    const accounts = await internalAdapter.findAccounts(userId);
    await this.options.store.accounts.people.reset(userId);
    if (accounts.some(({ providerId }) => providerId === 'credential'))
      await internalAdapter.updatePassword(userId, hash);
    else
      await internalAdapter.linkAccount({
        userId,
        providerId: 'credential',
        accountId: userId,
        password: hash,
      });
  }

  async #signIn(
    request: Request,
    address: string,
    { email, password }: Omit<NewPerson, 'name'>,
    personId: string,
  ): Promise<SignedInAnswer> {
    const library = await this.#load();
    const { headers } = await library.api.signInEmail({
      body: { email, password },
      headers: this.#headers(request, address),
      returnHeaders: true,
    });
    return { personId, setCookie: headers.getSetCookie() };
  }

  /** As the library may see them: our own origin, which was checked, and the socket's address, not what a header claims. */
  #headers(request: Request, address: string): Headers {
    const { publicUrl } = this.options;
    const headers = new Headers();
    for (const name of ['cookie', 'user-agent', 'accept', 'sec-fetch-site']) {
      const value = request.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    headers.set('content-type', 'application/json');
    headers.set('host', new URL(publicUrl).host);
    if (request.method !== 'GET') headers.set('origin', publicUrl);
    headers.set(ADDRESS_HEADER, address);
    return headers;
  }
}
