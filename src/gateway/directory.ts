/**
 * Who may call what, held in memory: the hot path never asks the database. `load` reads what has changed, and puts it in place
 * without a pause in between, so a message is judged by the old state or the new one, never by a mixture. A policy that does
 * not compile is treated as absent, which denies every call of its grants.
 */
import { createHash, hash } from 'node:crypto';
import { addressRanges, type AddressRanges } from '../identity/index.ts';
import { checkPolicy, compilePolicy, type CompiledPolicy } from '../policy/index.ts';
import {
  openSecrets,
  openServerAuth,
  serversOf,
  type GrantRow,
  type GrantServer,
  type RetiredTokenRow,
  type SecretBox,
  type ServerRow,
  type Store,
} from '../store/index.ts';
import type { ToolCatalogue, Upstream, UpstreamConfig } from '../upstreams/index.ts';
import type { Logger } from './core.ts';
import { GrantBook, type GrantFacts } from './grant-book.ts';
import { connectedPeople, personOfGrant, type GrantPerson, type People } from './grant-person.ts';
import type { PersonalUpstreams } from './personal-upstreams.ts';

export interface ServerEntry {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly organization: string;
  readonly caseSensitive: boolean;
  readonly upstream: Upstream;
  /** The same, where everybody signs in for themself. */
  readonly personal?: PersonalUpstreams;
  readonly catalogue: ToolCatalogue;
  /** Changes when the upstream must be connected anew. */
  readonly fingerprint: string;
}

export interface PolicyEntry {
  readonly id: string;
  readonly version: number;
  readonly compiled: CompiledPolicy;
}

export interface GrantEntry {
  readonly id: string;
  readonly label: string;
  readonly tags: readonly string[];
  readonly serverId: string;
  readonly expiresAt: number | undefined;
  /** Where it may be used from; undefined for anywhere. */
  readonly from?: AddressRanges | undefined;
  /** As whom its calls run; absent where one account serves all. */
  readonly person?: GrantPerson | undefined;
  readonly policy: PolicyEntry | null;
  /** The same grant as it stands on each of its servers, this one too; absent where there is only this one. */
  readonly servers?: ReadonlyMap<string, GrantEntry>;
}

/** The grant as it stands on a server: under that server's policy. Undefined when it does not reach the server. */
export function onServer(grant: GrantEntry, serverId: string): GrantEntry | undefined {
  return grant.serverId === serverId ? grant : grant.servers?.get(serverId);
}

/** Makes the running parts of a server; the gateway closes what is replaced. */
export type ConnectServer = (
  row: Pick<ServerRow, 'id' | 'slug' | 'name' | 'auth'>,
  config: UpstreamConfig,
) => Promise<{ upstream: Upstream; personal?: PersonalUpstreams; catalogue: ToolCatalogue }>;

interface Snapshot {
  readonly servers: ReadonlyMap<string, ServerEntry>;
  readonly grants: GrantBook;
  readonly people: ReadonlyMap<string, ReadonlySet<string>>;
  /** The revision that it was read at, or a later one. */
  readonly revision: number;
  /** Of all that grants are judged by beside themselves. */
  readonly ground: string;
}

const NOBODY: ReadonlySet<string> = new Set();

/** What doors and steps ask; answered from memory. */
export interface Directory {
  /** By id or slug. */
  server(idOrSlug: string): ServerEntry | undefined;
  servers(): ReadonlySet<ServerEntry>;
  /** By id. */
  grant(id: string): GrantEntry | undefined;
  /** The grant that a token stands for; undefined when it is unknown, expired, rotated away or revoked. */
  grantOf(token: string, now: number): GrantEntry | undefined;
  /** Whether a grant that was once found is still in force. */
  stands(grant: GrantEntry, now: number): boolean;
  /** Whose calls can run at a server where everybody signs in for themself. */
  people(server: string): ReadonlySet<string>;
  /** Resolves with the entries that are gone and must be closed. */
  load(): Promise<{ readonly removed: readonly ServerEntry[] }>;
}

/** What of the store's grants is not as the book has it. */
interface GrantNews {
  readonly rows: readonly GrantRow[];
  readonly retired: readonly RetiredTokenRow[];
  /** Ids of all that there are; absent when none was removed. */
  readonly left?: ReadonlySet<string>;
}

export class StoredDirectory implements Directory {
  #snapshot: Snapshot | undefined;
  #policies = new Map<string, PolicyEntry | null>();
  readonly #store: Store;
  readonly #box: SecretBox;
  readonly #connect: ConnectServer;
  readonly #logger: Logger;
  readonly #publicUrl: string;

  constructor(store: Store, box: SecretBox, connect: ConnectServer, logger: Logger, publicUrl: string) {
    this.#store = store;
    this.#box = box;
    this.#connect = connect;
    this.#logger = logger;
    this.#publicUrl = publicUrl;
  }

  server(idOrSlug: string): ServerEntry | undefined {
    return this.#snapshot?.servers.get(idOrSlug);
  }

  servers(): ReadonlySet<ServerEntry> {
    return new Set(this.#snapshot?.servers.values());
  }

  grant(id: string): GrantEntry | undefined {
    return this.#snapshot?.grants.get(id);
  }

  grantOf(token: string, now: number): GrantEntry | undefined {
    return this.#snapshot?.grants.ofToken(token, now);
  }

  stands(grant: GrantEntry, now: number): boolean {
    return this.#snapshot?.grants.stands(grant, now) ?? false;
  }

  people(server: string): ReadonlySet<string> {
    return this.#snapshot?.people.get(server) ?? NOBODY;
  }

  async load(): Promise<{ readonly removed: readonly ServerEntry[] }> {
    const revision = await this.#store.revision();
    const [serverRows, policyRows] = await Promise.all([
      this.#store.servers.list(),
      this.#store.policies.list(),
    ]);
    const people = await this.#people(serverRows);
    const byId = new Map(serverRows.map((row) => [row.id, row]));
    const before = this.#snapshot;
    const servers = new Map<string, ServerEntry>();
    for (const row of serverRows) {
      const entry = await this.#serverEntry(row, before?.servers.get(row.id));
      if (entry !== undefined) servers.set(row.id, entry).set(row.slug, entry);
    }
    const policies = new Map<string, PolicyEntry | null>();
    for (const row of policyRows) {
      const key = `${row.id}@${row.version}`;
      policies.set(
        key,
        this.#policies.has(key) ? this.#policies.get(key)! : this.#compile(row.id, row.version, row.document),
      );
    }
    const current = new Map(
      policyRows.map((row) => [row.id, policies.get(`${row.id}@${row.version}`) ?? null]),
    );
    const entryOf = (facts: GrantFacts): GrantEntry =>
      grantEntry(facts, current, (serverId) => personOfGrant(facts, byId.get(serverId), people));
    const ground = hash('sha256', JSON.stringify([serverRows, [...policies.keys()], people]));
    const grants = before?.grants ?? (await this.#all(entryOf));
    const news = before === undefined ? undefined : await this.#news(before);
    // From here to the end nothing else runs.
    if (before !== undefined && ground !== before.ground) grants.judgeBy(entryOf);
    if (news !== undefined) bringUpToDate(grants, news);
    this.#policies = policies;
    this.#snapshot = { servers, grants, people: connectedPeople(people), revision, ground };
    const kept = new Set(servers.values());
    return { removed: [...new Set(before?.servers.values())].filter((entry) => !kept.has(entry)) };
  }

  async #news({ grants, revision }: Snapshot): Promise<GrantNews> {
    const retired = await this.#store.grants.retired();
    const { total, rows } = await this.#store.grants.changedSince(revision);
    const added = new Set(rows.filter(({ id }) => !grants.knows(id)).map(({ id }) => id));
    if (grants.size + added.size === total) return { rows, retired };
    // Which ones were removed, only all of them tell.
    const left = new Set<string>();
    for await (const ids of this.#store.grants.ids()) for (const id of ids) left.add(id);
    if ([...left].every((id) => grants.knows(id) || added.has(id))) return { rows, retired, left };
    // Somebody put them there without raising the revision.
    const all: GrantRow[] = [];
    for await (const page of this.#store.grants.pages()) all.push(...page);
    return { rows: all, retired, left };
  }

  async #all(entryOf: (facts: GrantFacts) => GrantEntry): Promise<GrantBook> {
    const grants = new GrantBook(entryOf);
    grants.retire(await this.#store.grants.retired());
    for await (const page of this.#store.grants.pages()) for (const row of page) grants.put(row);
    return grants;
  }

  /** Empty while no server has people of its own. */
  async #people(servers: readonly ServerRow[]): Promise<People> {
    const personal = servers.filter(({ auth }) => auth?.perUser === true);
    const organizations = [...new Set(personal.map(({ organizationId }) => organizationId))];
    const { accounts, upstreamConnections } = this.#store;
    const [members, connections] = await Promise.all([
      Promise.all(organizations.map((id) => accounts.members.list(id))),
      personal.length === 0 ? [] : upstreamConnections.list(),
    ]);
    return { members: members.flat(), connections, publicUrl: this.#publicUrl };
  }

  async #serverEntry(row: ServerRow, before: ServerEntry | undefined): Promise<ServerEntry | undefined> {
    try {
      const config = upstreamConfig(row, this.#box);
      // The secrets as they are, not as they are sealed: a new master key changes no server.
      const { slug, name, caseSensitive } = row;
      const fingerprint = createHash('sha256')
        .update(JSON.stringify([slug, name, config, openServerAuth(this.#box, row), caseSensitive]))
        .digest('hex');
      if (before?.fingerprint === fingerprint) return before;
      const parts = await this.#connect(row, config);
      return {
        id: row.id,
        slug: row.slug,
        name: row.name,
        organization: row.organizationId,
        caseSensitive: row.caseSensitive,
        fingerprint,
        ...parts,
      };
    } catch (error) {
      this.#logger.error(
        { server: row.slug, error: String(error) },
        'this server cannot be used and answers nothing',
      );
      return undefined;
    }
  }

  #compile(id: string, version: number, document: Parameters<typeof checkPolicy>[0]): PolicyEntry | null {
    const parsed = checkPolicy(document);
    if (parsed.ok) return { id, version, compiled: compilePolicy(parsed.document) };
    this.#logger.error(
      { policy: id, version, problems: parsed.problems },
      'a stored policy is not valid; its grants are denied every call',
    );
    return null;
  }
}

function bringUpToDate(grants: GrantBook, { rows, retired, left }: GrantNews): void {
  for (const row of rows) grants.put(row);
  if (left !== undefined) grants.keep(left);
  grants.retire(retired);
}

/** One entry for each server that the grant reaches; the first server's stands for the grant. */
function grantEntry(
  row: GrantFacts,
  policies: ReadonlyMap<string, PolicyEntry | null>,
  personAt: (serverId: string) => GrantPerson | undefined,
): GrantEntry {
  const shared = {
    id: row.id,
    label: row.label,
    tags: row.tags,
    expiresAt: row.expiresAt ?? undefined,
    from: row.allowedAddresses.length === 0 ? undefined : addressRanges(row.allowedAddresses),
  };
  const at = ({ serverId, policyId }: GrantServer): GrantEntry => ({
    ...shared,
    serverId,
    person: personAt(serverId),
    policy: policyId === null ? null : (policies.get(policyId) ?? null),
  });
  if (row.further.length === 0) return at(row);
  const servers = new Map<string, GrantEntry>();
  for (const reached of serversOf(row)) servers.set(reached.serverId, { ...at(reached), servers });
  return servers.get(row.serverId)!;
}

/** How to reach a registered server, its secrets opened. */
export function upstreamConfig(row: ServerRow, box: SecretBox): UpstreamConfig {
  const secrets = openSecrets(box, row);
  if (row.transport === 'stdio') {
    const [program, ...rest] = row.command?.argv ?? [];
    if (program === undefined) throw new Error('a stdio server without a command');
    const config = {
      transport: 'stdio' as const,
      command: [program, ...rest] as [string, ...string[]],
      env: secrets,
    };
    return row.command?.cwd === undefined ? config : { ...config, cwd: row.command.cwd };
  }
  if (row.url === null) throw new Error('an HTTP server without a URL');
  return { transport: row.transport, url: row.url, headers: secrets };
}
