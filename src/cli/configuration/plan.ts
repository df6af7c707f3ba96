/**
 * What has to be done so that the database says what the file says. Rows of other sources are never touched, and a name that
 * they hold is a problem. A grant that was revoked stays revoked for as long as the file names it.
 */
import type { Problem } from '../../errors.ts';
import type { Registry } from '../../registry/index.ts';
import { hashToken, serversOf, type GrantRow, type PolicyRow, type ServerRow } from '../../store/index.ts';
import { grantDifferences, policyDiffers, serverDifferences } from './compare.ts';
import { invalidConfiguration } from './read-configuration.ts';
import { ownerProblems, withOwners } from './owners.ts';
import type { Configuration, ConfiguredGrant, ConfiguredPolicy, ConfiguredServer } from './types.ts';

interface Update<Row, Wanted> {
  readonly row: Row;
  readonly wanted: Wanted;
  /** Members that differ. */
  readonly members: readonly string[];
}

interface Part<Row, Wanted> {
  readonly create: readonly Wanted[];
  readonly update: readonly Update<Row, Wanted>[];
  readonly remove: readonly Row[];
}

export interface Plan {
  readonly servers: Part<ServerRow, ConfiguredServer>;
  readonly policies: Part<PolicyRow, ConfiguredPolicy>;
  readonly grants: Part<GrantRow, ConfiguredGrant>;
  /** Grants for which more than one thing changes: they have no policy while that happens. */
  readonly detached: readonly GrantRow[];
  /** Ids of what is there already, by slug and by slug and policy name. */
  readonly serverIds: ReadonlyMap<string, string>;
  readonly policyIds: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

export function policyKey(server: string, policy: string): string {
  return `${server}\n${policy}`;
}

/** @throws PC_CONFIG_INVALID for names and tokens that others hold; PC_STORE_UNAVAILABLE */
export async function planConfiguration(
  { store, box, organization }: Registry,
  configuration: Configuration,
): Promise<Plan> {
  const [serverRows, policyRows, grantRows, retired, members] = await Promise.all([
    store.servers.list(),
    store.policies.list(),
    // Of the others there may be very many.
    store.grants.ofFile(
      configuration.grants.flatMap(({ token }) => (token === undefined ? [] : [hashToken(token)])),
    ),
    store.grants.retired(),
    store.accounts.members.list(organization),
  ]);
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const slugs = new Map(serverRows.map(({ id, slug }) => [id, slug]));
  const slugOfRow = (row: { serverId: string }): string => slugs.get(row.serverId) ?? '';

  const servers = part(
    configuration.servers,
    serverRows.filter(isOurs),
    ({ slug }) => slug,
    ({ slug }) => slug,
    (row, wanted) => serverDifferences(row, wanted, box),
  );
  const foreignSlugs = new Map(serverRows.filter((row) => !isOurs(row)).map((row) => [row.slug, row]));
  for (const { slug, pointer } of servers.create) {
    const held = foreignSlugs.get(slug);
    if (held !== undefined)
      problems.push({
        pointer,
        message: `the server ${slug} was registered by ${wayOf(held.source)}; remove it there, or take another name here`,
      });
  }

  const removedServers = new Set(servers.remove.map(({ id }) => id));
  const stays = (row: { serverId: string }): boolean => !removedServers.has(row.serverId);
  const policies = part(
    configuration.policies,
    policyRows.filter((row) => isOurs(row) && stays(row)),
    ({ server, name }) => policyKey(server, name),
    (row) => policyKey(slugOfRow(row), row.name),
    (row, wanted) => (policyDiffers(row, wanted) ? ['document'] : []),
  );
  const foreignPolicies = new Map(
    policyRows.filter((row) => !isOurs(row)).map((row) => [policyKey(slugOfRow(row), row.name), row]),
  );
  for (const { server, name, pointer } of policies.create) {
    const held = foreignPolicies.get(policyKey(server, name));
    if (held !== undefined)
      problems.push({
        pointer,
        message: `the policy ${name} of ${server} was made by ${wayOf(held.source)}; remove it there, or take another name here`,
      });
  }

  const policyIds = new Map(
    policyRows.filter(isOurs).map((row) => [policyKey(slugOfRow(row), row.name), row.id]),
  );
  const serverIds = new Map(serverRows.map(({ slug, id }) => [slug, id]));
  const grants = part(
    withOwners(configuration.grants, members, warnings),
    // One that loses its first server would live on with the others.
    grantRows.filter((row) => isOurs(row) && (stays(row) || row.further.length > 0)),
    ({ server, label }) => policyKey(server, label),
    (row) => policyKey(slugOfRow(row), row.label),
    (row, wanted) =>
      grantDifferences(
        row,
        wanted,
        policyIds.get(policyKey(wanted.server, wanted.policy)),
        wanted.further.map(({ server, policy }) => ({
          serverId: serverIds.get(server),
          policyId: policyIds.get(policyKey(server, policy)),
        })),
      ),
  );
  const removedGrants = new Set(grants.remove.map(({ id }) => id));
  problems.push(...ownerProblems(grants.update));
  const revoked = new Set(grants.update.filter(({ row }) => row.revokedAt !== null));
  for (const row of grantRows.filter(
    (row) => isOurs(row) && stays(row) && row.revokedAt !== null && !removedGrants.has(row.id),
  ))
    warnings.push(
      `the grant ${row.label} of ${slugOfRow(row)} was revoked and stays so; take it out of the file, or give it another label`,
    );
  tokenProblems(
    configuration.grants,
    grantRows,
    retired,
    (row) => isOurs(row) && (!stays(row) || removedGrants.has(row.id)),
    slugOfRow,
    problems,
  );

  if (problems.length > 0) throw invalidConfiguration(configuration.path, problems, configuration.place);
  const standing = { ...grants, update: grants.update.filter((update) => !revoked.has(update)) };
  const changes = servers.update.length + policies.update.length + standing.update.length > 0;
  const meets = meetsHalfway(servers.update, policies.update, standing.update);
  const detached: GrantRow[] = [];
  if (changes)
    for await (const rows of store.grants.pages())
      detached.push(...rows.filter((row) => stays(row) && !removedGrants.has(row.id) && meets(row)));
  return {
    servers,
    policies,
    grants: standing,
    detached,
    serverIds,
    policyIds,
    warnings,
  };
}

function isOurs({ source }: { source: ServerRow['source'] }): boolean {
  return source === 'config';
}

function wayOf(source: ServerRow['source']): string {
  return source === 'api' ? 'the API' : 'the command line';
}

function part<Row, Wanted>(
  wanted: readonly Wanted[],
  rows: readonly Row[],
  keyOfWanted: (wanted: Wanted) => string,
  keyOfRow: (row: Row) => string,
  differences: (row: Row, wanted: Wanted) => string[],
): Part<Row, Wanted> {
  const byKey = new Map(rows.map((row) => [keyOfRow(row), row]));
  const keys = new Set(wanted.map(keyOfWanted));
  return {
    create: wanted.filter((one) => !byKey.has(keyOfWanted(one))),
    update: wanted.flatMap((one) => {
      const row = byKey.get(keyOfWanted(one));
      const members = row === undefined ? [] : differences(row, one);
      return row === undefined || members.length === 0 ? [] : [{ row, wanted: one, members }];
    }),
    remove: rows.filter((row) => !keys.has(keyOfRow(row))),
  };
}

/** A token stands for one grant; one that is given up in the same step is free. */
function tokenProblems(
  wanted: readonly ConfiguredGrant[],
  rows: readonly GrantRow[],
  retired: readonly { readonly tokenHash: string; readonly grantId: string }[],
  goes: (row: GrantRow) => boolean,
  slugOfRow: (row: GrantRow) => string,
  problems: Problem[],
): void {
  const staying = rows.filter((row) => !goes(row));
  const byId = new Map(staying.map((row) => [row.id, row]));
  const holders = new Map([
    ...retired.flatMap(({ tokenHash, grantId }): [string, GrantRow][] =>
      byId.has(grantId) ? [[tokenHash, byId.get(grantId)!]] : [],
    ),
    ...staying.map((row): [string, GrantRow] => [row.tokenHash, row]),
  ]);
  const ours = new Map(
    staying
      .filter((row) => isOurs(row) && row.revokedAt === null)
      .map((row) => [policyKey(slugOfRow(row), row.label), row.id]),
  );
  const givingUp = new Set(
    wanted.flatMap(({ server, label, token }) =>
      token === undefined ? [] : [ours.get(policyKey(server, label))],
    ),
  );
  for (const { server, label, token, pointer } of wanted) {
    if (token === undefined) continue;
    const holder = holders.get(hashToken(token));
    if (holder === undefined || (isOurs(holder) && holder.label === label && slugOfRow(holder) === server))
      continue;
    if (!givingUp.has(holder.id))
      problems.push({
        pointer: `${pointer}/token`,
        message: `this token belongs to the grant ${holder.label} of ${slugOfRow(holder)}`,
      });
  }
}

/** Each change alone leaves what the file said before or says now; two at once could meet halfway and let something through. */
function meetsHalfway(
  servers: Plan['servers']['update'],
  policies: Plan['policies']['update'],
  grants: Plan['grants']['update'],
): (row: GrantRow) => boolean {
  const changedServers = new Set(servers.map(({ row }) => row.id));
  const changedPolicies = new Set(policies.map(({ row }) => row.id));
  const changedMembers = new Map(grants.map(({ row, members }) => [row.id, members]));
  return (row) => {
    const reached = serversOf(row);
    if (reached.every(({ policyId }) => policyId === null) || row.revokedAt !== null) return false;
    const members = changedMembers.get(row.id) ?? [];
    const own = members.filter((member) => member !== 'policy').length;
    const judged = reached.some(({ policyId }) => policyId !== null && changedPolicies.has(policyId));
    const moved = reached.some(({ serverId }) => changedServers.has(serverId));
    return own + (judged || members.includes('policy') ? 1 : 0) + (moved ? 1 : 0) > 1;
  };
}
