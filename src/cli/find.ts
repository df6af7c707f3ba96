/** Rows by what people call them. */
import { PortcullisError } from '../errors.ts';
import { listApiKeys, requireServer, type GrantServerInput, type Registry } from '../registry/index.ts';
import type {
  AlertRow,
  ApiKeyRow,
  GrantRow,
  InvitationRow,
  MembershipRow,
  PolicyRow,
  ServerRow,
} from '../store/index.ts';

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

/** By e-mail address, by their own id or that of their membership. */
export function memberCalled(members: readonly MembershipRow[], wanted: string): MembershipRow | undefined {
  const address = wanted.toLowerCase();
  return members.find(
    ({ id, userId, email }) => userId === wanted || id === wanted || email.toLowerCase() === address,
  );
}

/** By id or e-mail address. @throws PC_API_NOT_FOUND */
export async function findMember({ store, organization }: Registry, wanted: string): Promise<MembershipRow> {
  const member = memberCalled(await store.accounts.members.list(organization), wanted);
  if (member === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'member' });
  return member;
}

/** By id or label. @throws PC_API_NOT_FOUND; PC_API_CONFLICT when several have the label */
export async function findApiKey(registry: Registry, wanted: string): Promise<ApiKeyRow> {
  return theOne(await listApiKeys(registry), wanted, ({ label }) => label, 'API key');
}

/** By id or name. @throws PC_API_NOT_FOUND; PC_API_CONFLICT when several have the name */
export async function findAlert({ store, organization }: Registry, wanted: string): Promise<AlertRow> {
  const rows = await store.alerts.list(organization);
  return theOne(rows, wanted, ({ name }) => name, 'alert');
}

/** Open ones, by the address they are for, or one by its id. @throws PC_API_NOT_FOUND */
export async function findInvitations(
  { store, organization }: Registry,
  wanted: string,
): Promise<InvitationRow[]> {
  const open = await store.accounts.invitations.list(organization);
  const rows = open.filter(({ id, email }) => id === wanted || email === wanted.toLowerCase());
  if (rows.length === 0) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'open invitation' });
  return rows;
}

function theOne<Row extends { readonly id: string }>(
  rows: readonly Row[],
  wanted: string,
  nameOf: (row: Row) => string,
  what: string,
): Row {
  const byId = rows.find(({ id }) => id === wanted);
  if (byId !== undefined) return byId;
  const [row, another] = rows.filter((one) => nameOf(one) === wanted);
  if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what });
  if (another === undefined) return row;
  throw new PortcullisError('PC_API_CONFLICT', { detail: `Several are called ${wanted}; give the id.` });
}
