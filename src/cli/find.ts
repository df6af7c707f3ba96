/** Rows by what people call them. */
import { PortcullisError } from '../errors.ts';
import { listApiKeys, requireServer, type GrantServerInput, type Registry } from '../registry/index.ts';
import type { ApiKeyRow, GrantRow, MembershipRow, PolicyRow, ServerRow } from '../store/index.ts';

/** By id or name. @throws PC_API_NOT_FOUND */
export async function findPolicy(
  { store }: Registry,
  serverId: string,
  idOrName: string,
): Promise<PolicyRow> {
  const row = (await store.policies.list(serverId)).find(
    ({ id, name }) => id === idOrName || name === idOrName,
  );
  if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'policy of this server' });
  return row;
}

/** By id, label, or server/label. @throws PC_API_NOT_FOUND; PC_API_CONFLICT when several have the label */
export async function findGrant(registry: Registry, wanted: string): Promise<GrantRow> {
  const byId = await registry.store.grants.get(wanted);
  if (byId !== undefined) return byId;
  const slash = wanted.indexOf('/');
  const server = slash === -1 ? undefined : (await requireServer(registry, wanted.slice(0, slash))).id;
  const label = wanted.slice(slash + 1);
  const rows = (await registry.store.grants.list(server)).filter((row) => row.label === label);
  const standing = rows.filter(({ revokedAt }) => revokedAt === null);
  if (standing.length > 1)
    throw new PortcullisError('PC_API_CONFLICT', {
      detail: `Several grants are called ${label}; give the id.`,
    });
  const row = standing[0] ?? rows.at(-1);
  if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'grant' });
  return row;
}

/**
 * Each server by its slug, with a policy that all of them have, or `server/policy` for one of them; the last one said counts.
 * @throws PC_API_NOT_FOUND for a server, or a policy that it does not have
 */
export async function findServersWithPolicies(
  registry: Registry,
  named: readonly string[],
  policies: readonly string[],
): Promise<GrantServerInput[]> {
  const rows: ServerRow[] = [];
  for (const one of named) rows.push(await requireServer(registry, one));
  const ofOne = (policy: string): boolean => rows.some(({ slug }) => policy.startsWith(`${slug}/`));
  const forAll = policies.findLast((policy) => !ofOne(policy));
  const servers: GrantServerInput[] = [];
  for (const { id, slug } of rows) {
    const own = policies.findLast((policy) => policy.startsWith(`${slug}/`))?.slice(slug.length + 1);
    const wanted = own ?? forAll;
    const policyId = wanted === undefined ? null : (await findPolicy(registry, id, wanted)).id;
    servers.push({ server: slug, policyId });
  }
  return servers;
}

/** By id or e-mail address. */
export function memberCalled(members: readonly MembershipRow[], wanted: string): MembershipRow | undefined {
  const address = wanted.toLowerCase();
  return members.find(({ userId, email }) => userId === wanted || email.toLowerCase() === address);
}

/** The id of a member, by id or e-mail address. @throws PC_API_NOT_FOUND */
export async function findPerson({ store, organization }: Registry, wanted: string): Promise<string> {
  const member = memberCalled(await store.accounts.members.list(organization), wanted);
  if (member === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'member' });
  return member.userId;
}

/** By id or label. @throws PC_API_NOT_FOUND; PC_API_CONFLICT when several have the label */
export async function findApiKey(registry: Registry, wanted: string): Promise<ApiKeyRow> {
  const rows = await listApiKeys(registry);
  const [row, another] = rows.some(({ id }) => id === wanted)
    ? rows.filter(({ id }) => id === wanted)
    : rows.filter(({ label }) => label === wanted);
  return theOnly(row, another, 'API key', wanted);
}

function theOnly<Row>(row: Row | undefined, another: Row | undefined, what: string, wanted: string): Row {
  if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what });
  if (another !== undefined)
    throw new PortcullisError('PC_API_CONFLICT', {
      detail: `Several are called ${wanted}; give the id.`,
    });
  return row;
}
