/**
 * Grants: who may call a server, and by which policy. The token is shown when it is made; the database has its hash, and a
 * sealed copy for `reveal`.
 */
import { PortcullisError, type Problem } from '../errors.ts';
import { rangeProblem } from '../identity/index.ts';
import { hashToken, newToken, serversOf, type GrantRow, type NewGrant } from '../store/index.ts';
import { grantServers, type GrantServerInput } from './grant-servers.ts';
import { found, invalid, refusePast, refuseProblems } from './problems.ts';
import { recordEvent, recordEvents } from './record-event.ts';
import { nextIds, type Actor, type Registry } from './registry.ts';
import { ofVisibleServers } from './visible.ts';

const SHORTEST_TOKEN = 16;
const LONGEST_OVERLAP_S = 30 * 86_400;
const NOT_PLAIN = 'Expected 1 to 200 characters, without control characters.';

export interface GrantInput {
  readonly label: string;
  /** Ms since the epoch. */
  readonly expiresAt?: number | null | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Whose it is, in words. */
  readonly owner?: string | null | undefined;
  /** The member as whom its calls run, at a server where everybody signs in for themself. */
  readonly ownerId?: string | null | undefined;
  /** Addresses and CIDR ranges it may be used from; any unless given. */
  readonly allowedAddresses?: readonly string[] | undefined;
  /** A token of the caller's own choice; a new `pcg_…` unless given. */
  readonly token?: string | undefined;
}

export interface NewGrantInput extends GrantInput {
  readonly servers: readonly GrantServerInput[];
}

export interface GrantChange {
  readonly label?: string | undefined;
  /** All servers that it reaches, each with its policy, in place of those before. */
  readonly servers?: readonly GrantServerInput[] | undefined;
  readonly policyId?: string | null | undefined;
  readonly expiresAt?: number | null | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Whose it is, in words. */
  readonly owner?: string | null | undefined;
  /** May be set once: sessions and tasks at the server are that person's. */
  readonly ownerId?: string | undefined;
  /** Addresses and CIDR ranges it may be used from; any unless given. */
  readonly allowedAddresses?: readonly string[] | undefined;
}

export interface MintedGrant {
  readonly row: GrantRow;
  readonly token: string;
}

/** A grant for one server. @throws PC_API_INVALID, PC_API_NOT_FOUND; PC_API_CONFLICT when the token belongs to another grant */
export function mintGrant(
  registry: Registry,
  actor: Actor,
  server: string,
  { policyId, ...input }: GrantInput & { readonly policyId?: string | null | undefined },
): Promise<MintedGrant> {
  return mintSharedGrant(registry, actor, [{ server, policyId }], input);
}

/** A grant for several servers, each under its own policy. @throws as `mintGrant` */
export async function mintSharedGrant(
  registry: Registry,
  actor: Actor,
  servers: readonly GrantServerInput[],
  input: GrantInput,
): Promise<MintedGrant> {
  return (await mintGrants(registry, actor, [{ ...input, servers }]))[0]!;
}

/** All of them or none, in one change of the configuration. @throws as `mintGrant` */
export async function mintGrants(
  registry: Registry,
  actor: Actor,
  wanted: readonly NewGrantInput[],
): Promise<readonly MintedGrant[]> {
  const ids = nextIds(registry, wanted.length);
  const reached = new Map<string, ReturnType<typeof grantServers>>();
  const owners = new Set<string>();
  const minted: { readonly row: NewGrant; readonly token: string }[] = [];
  for (const [place, { servers, ...input }] of wanted.entries()) {
    refuseProblems(grantProblems(input));
    // A configuration file may outlive a grant that it names.
    if (actor.source !== 'config') refusePast(input.expiresAt, registry.now());
    // Thousands of grants reach few sets of servers, and are of few people.
    const set = JSON.stringify(servers);
    const found = reached.get(set) ?? grantServers(registry, servers);
    reached.set(set, found);
    const [first, ...further] = await found;
    const { ownerId = null, token = newToken('pcg', registry.random) } = input;
    if (ownerId !== null && !owners.has(ownerId)) await requireOwner(registry, ownerId);
    if (ownerId !== null) owners.add(ownerId);
    const id = ids[place]!;
    const row = {
      id,
      ...first,
      further,
      label: input.label,
      tags: input.tags ?? [],
      owner: input.owner ?? null,
      ownerId,
      allowedAddresses: input.allowedAddresses ?? [],
      ...sealed(registry, id, token),
      expiresAt: input.expiresAt ?? null,
      source: actor.source,
    };
    minted.push({ row, token });
  }
  const rows = await registry.store.grants.insertAll(minted.map(({ row }) => row));
  await recordEvents(
    registry,
    actor,
    rows.map((row) => ({ action: 'grant.mint', subject: row.id, detail: described(row) })),
  );
  return rows.map((row, place) => ({ row, token: minted[place]!.token }));
}

/**
 * Replaces the token. The old one works for `overlapSeconds` more, at most 30 days; 0 ends it now.
 * @throws PC_API_NOT_FOUND; PC_API_CONFLICT for a revoked grant
 */
export async function rotateGrant(
  registry: Registry,
  actor: Actor,
  id: string,
  options: { readonly overlapSeconds?: number | undefined; readonly token?: string | undefined } = {},
): Promise<MintedGrant> {
  const { overlapSeconds = 0, token = newToken('pcg', registry.random) } = options;
  if (!(overlapSeconds >= 0 && overlapSeconds <= LONGEST_OVERLAP_S))
    throw invalid('/overlapSeconds', `Expected 0 to ${LONGEST_OVERLAP_S} seconds.`);
  refuseProblems(tokenProblems(token));
  await requireStanding(registry, id);
  const retireAt = registry.now() + Math.round(overlapSeconds * 1000);
  const row = await registry.store.grants.rotate(id, sealed(registry, id, token), retireAt);
  await recordEvent(registry, actor, 'grant.rotate', id, { ...described(row), overlapSeconds });
  return { row, token };
}

/** Acts on the next message, and cuts open streams. Revoking twice is fine. @throws PC_API_NOT_FOUND */
export async function revokeGrant(registry: Registry, actor: Actor, id: string): Promise<GrantRow> {
  const before = await requireGrant(registry, id);
  if (before.revokedAt !== null) return before;
  const row = await registry.store.grants.update(id, { revokedAt: registry.now() });
  await recordEvent(registry, actor, 'grant.revoke', id, described(row));
  return row;
}

/** The token as it is now. @throws PC_API_NOT_FOUND, PC_MASTER_KEY; PC_API_CONFLICT for a revoked grant */
export async function revealGrant(registry: Registry, actor: Actor, id: string): Promise<MintedGrant> {
  const row = await requireStanding(registry, id);
  const token = registry.box.open(row.sealedToken, { table: 'grants', id });
  await recordEvent(registry, actor, 'grant.reveal', id, described(row));
  return { row, token };
}

/** @throws PC_API_NOT_FOUND, PC_API_INVALID */
export async function patchGrant(
  registry: Registry,
  actor: Actor,
  id: string,
  change: GrantChange,
): Promise<GrantRow> {
  refuseProblems(grantProblems(change));
  const before = await requireGrant(registry, id);
  const reached = change.servers === undefined ? undefined : await grantServers(registry, change.servers);
  if (reached !== undefined && change.policyId !== undefined)
    throw invalid('/policyId', 'With `servers`, each server has its own policyId.');
  const { label, policyId, expiresAt, tags, owner, ownerId, allowedAddresses } = change;
  if (ownerId !== undefined && before.ownerId !== null && before.ownerId !== ownerId)
    throw new PortcullisError('PC_API_CONFLICT', {
      detail: 'The owner of a grant does not change; mint a new grant for another person.',
    });
  await requireOwner(registry, ownerId);
  const row = await registry.store.grants.update(id, {
    ...(label === undefined ? {} : { label }),
    ...(policyId === undefined ? {} : { policyId }),
    ...(reached === undefined ? {} : { ...reached[0], further: reached.slice(1) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(tags === undefined ? {} : { tags }),
    ...(owner === undefined ? {} : { owner }),
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(allowedAddresses === undefined ? {} : { allowedAddresses }),
  });
  await recordEvent(registry, actor, 'grant.update', id, { ...described(row), changed: Object.keys(change) });
  return row;
}

/** Forgets a grant altogether: it is no longer written in the configuration file. @throws PC_API_NOT_FOUND */
export async function removeGrant(registry: Registry, actor: Actor, id: string): Promise<void> {
  const row = await requireGrant(registry, id);
  await registry.store.grants.remove(id);
  await recordEvent(registry, actor, 'grant.remove', id, described(row));
}

/** @throws PC_API_NOT_FOUND */
export async function requireGrant(registry: Registry, id: string): Promise<GrantRow> {
  const row = found(await registry.store.grants.get(id), 'grant');
  return found(await ofVisibleServers(registry, row), 'grant');
}

export function tokenProblems(token: string): Problem[] {
  // What an Authorization header can carry as a bearer token (RFC 6750, section 2.1).
  if (token.length >= SHORTEST_TOKEN && token.length <= 512 && /^[A-Za-z0-9._~+/-]+=*$/.test(token))
    return [];
  const message = `A token has ${SHORTEST_TOKEN} to 512 letters, digits, dots, dashes, underscores, tildes, pluses or slashes.`;
  return [{ pointer: '/token', message }];
}

export function grantProblems({
  label,
  tags,
  owner,
  allowedAddresses,
  expiresAt,
  token,
}: Omit<GrantChange, 'servers' | 'ownerId'> & Pick<GrantInput, 'token'>): Problem[] {
  const problems: Problem[] = [];
  if (label !== undefined && !isPlain(label)) problems.push({ pointer: '/label', message: NOT_PLAIN });
  if (tags !== undefined && tags.length > 50)
    problems.push({ pointer: '/tags', message: 'There may be 50 tags at most.' });
  for (const [index, tag] of (tags ?? []).entries())
    if (!isPlain(tag)) problems.push({ pointer: `/tags/${index}`, message: NOT_PLAIN });
  if (owner !== undefined && owner !== null && !isPlain(owner))
    problems.push({ pointer: '/owner', message: NOT_PLAIN });
  for (const [index, range] of (allowedAddresses ?? []).entries()) {
    const message = rangeProblem(range);
    if (message !== undefined) problems.push({ pointer: `/allowedAddresses/${index}`, message });
  }
  if (expiresAt !== undefined && expiresAt !== null && !Number.isSafeInteger(expiresAt))
    problems.push({ pointer: '/expiresAt', message: 'This is not a time.' });
  return token === undefined ? problems : [...problems, ...tokenProblems(token)];
}

async function requireOwner(registry: Registry, ownerId: string | null | undefined): Promise<void> {
  if (ownerId === null || ownerId === undefined) return;
  const members = await registry.store.accounts.members.list(registry.organization);
  if (!members.some(({ userId }) => userId === ownerId))
    throw invalid('/ownerId', 'Expected the id of a person of this organization.');
}

async function requireStanding(registry: Registry, id: string): Promise<GrantRow> {
  const row = await requireGrant(registry, id);
  if (row.revokedAt !== null)
    throw new PortcullisError('PC_API_CONFLICT', { detail: 'This grant is revoked; mint a new one.' });
  return row;
}

function sealed({ box }: Registry, id: string, token: string): { tokenHash: string; sealedToken: string } {
  return { tokenHash: hashToken(token), sealedToken: box.seal(token, { table: 'grants', id }) };
}

function isPlain(text: string): boolean {
  return text.trim() !== '' && text.length <= 200 && !/\p{Cc}/u.test(text);
}

function described(row: GrantRow) {
  const { label, serverId, policyId, expiresAt, tags, owner, ownerId, allowedAddresses } = row;
  const servers =
    row.further.length === 0 ? {} : { servers: serversOf(row).map((reached) => ({ ...reached })) };
  return { label, serverId, policyId, ...servers, expiresAt, tags, owner, ownerId, allowedAddresses };
}
