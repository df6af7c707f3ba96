/**
 * The one place where it is decided who asks, for which organization, and what of it exists for them. An API key counts
 * before a cookie. What cannot be looked up is refused.
 */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Accounts, SignedIn } from '../accounts/index.ts';
import { PortcullisError } from '../errors.ts';
import { clientAddress } from '../identity/index.ts';
import { ROLES, scoped, type Registry } from '../registry/index.ts';
import type { Caller, Contract } from './contract.ts';
import type { KeyRing } from './key-ring.ts';

type Bound = Context<{ Bindings: HttpBindings }>;
type Restrictions = ReadonlyMap<string, readonly string[]>;

/** How long somebody who has signed out may still be read to. */
const LOOK_EVERY_MS = 5000;

const NOBODY: Caller = { name: 'nobody', source: 'api', role: null, organization: null, id: null };

export class Gate {
  readonly #registry: Registry;
  readonly #accounts: Accounts;
  readonly #keys: KeyRing;
  #restrictions: Promise<Restrictions> | undefined;

  constructor(registry: Registry, accounts: Accounts, keys: KeyRing) {
    this.#registry = registry;
    this.#accounts = accounts;
    this.#keys = keys;
    registry.store.onChange(() => (this.#restrictions = undefined));
  }

  /** @throws PC_API_UNAUTHORIZED, PC_API_FORBIDDEN, PC_HOST_FORBIDDEN, PC_ORIGIN_FORBIDDEN, PC_CROSS_SITE */
  async admit(context: Bound, role: Contract['role']): Promise<Caller> {
    if (role === 'anyone') return NOBODY;
    const caller = await this.#caller(context);
    if (!mayAct(caller, role))
      throw new PortcullisError('PC_API_FORBIDDEN', { role: caller.role ?? 'of no organization' });
    return caller;
  }

  /** The registry as the caller sees it. @throws PC_STORE_UNAVAILABLE */
  async view(caller: Caller): Promise<Registry> {
    const { role, organization } = caller;
    // No row has this organization.
    if (organization === null) return scoped(this.#registry, '');
    if (role === 'admin') return scoped(this.#registry, organization);
    return scoped(this.#registry, organization, new Set(await this.#hidden(caller)));
  }

  /**
   * For an answer that does not end by itself. @returns a signal that is aborted when the caller is not who they were: signed
   * out, their key over, in another role or organization, or shown other servers. It is asked at every change of the
   * configuration, and by the clock, because sessions and times end without one. What cannot be looked up has ended.
   */
  follow(context: Bound, role: Contract['role'], caller: Caller): AbortSignal {
    const { outgoing } = context.env;
    const over = new AbortController();
    const before = this.#standing(caller);
    const look = async (): Promise<void> => {
      try {
        if ((await this.#standing(await this.admit(context, role))) === (await before)) return;
      } catch {
        // Whoever is not known is nobody.
      }
      over.abort();
    };
    const stop = this.#registry.store.onChange(() => void look());
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    timer.unref();
    outgoing.once('close', () => {
      stop();
      clearInterval(timer);
    });
    return over.signal;
  }

  /** Where a request came from. */
  addressOf({ env }: Bound): string {
    return clientAddress(env.incoming, this.#accounts.options.addresses.proxies);
  }

  async #caller(context: Bound): Promise<Caller> {
    const authorization = context.req.header('authorization');
    if (authorization !== undefined || !this.#accounts.hasSession(context.req.raw.headers))
      return this.#keys.caller(authorization);
    return this.#person(await this.#accounts.signedIn(context.req.raw, this.addressOf(context)));
  }

  async #person(person: SignedIn): Promise<Caller> {
    const memberships = await this.#registry.store.accounts.members.of(person.personId);
    const active =
      memberships.find(({ organizationId }) => organizationId === person.activeOrganizationId) ??
      memberships[0];
    return {
      name: `${person.name} <${person.email}>`,
      source: 'api',
      role: active?.role ?? null,
      organization: active?.organizationId ?? null,
      id: person.personId,
      person,
      memberships,
    };
  }

  /** The servers that do not exist for somebody who is no admin. */
  async #hidden({ id }: Caller): Promise<string[]> {
    const restricted = [...(await this.#load())];
    return restricted.filter(([, members]) => id === null || !members.includes(id)).map(([server]) => server);
  }

  /** Equal for as long as somebody may see the same. */
  async #standing(caller: Caller): Promise<string> {
    const hidden = caller.role === 'admin' ? [] : await this.#hidden(caller);
    return JSON.stringify([caller.id, caller.role, caller.organization, hidden.toSorted()]);
  }

  async #load(): Promise<Restrictions> {
    const loading = (this.#restrictions ??= this.#registry.store.accounts.serverMembers.list());
    try {
      return await loading;
    } catch (error) {
      if (this.#restrictions === loading) this.#restrictions = undefined;
      throw error;
    }
  }
}

function mayAct(caller: Caller, role: Exclude<Contract['role'], 'anyone'>): boolean {
  if (role === 'person') return true;
  return caller.role !== null && ROLES.indexOf(caller.role) >= ROLES.indexOf(role);
}
