import { InvalidArgumentError, type Command } from 'commander';
import { showGrant } from '../../api/index.ts';
import { patchGrant, type GrantChange, type Registry } from '../../registry/index.ts';
import { serversOf, type GrantRow } from '../../store/index.ts';
import { collect, timeOf } from '../arguments.ts';
import { findGrant, findMember, findServersWithPolicies } from '../find.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

interface Options {
  readonly server: readonly string[];
  readonly policy: readonly string[];
  readonly label?: string;
  readonly tag: readonly string[];
  /** False when it shall not end. */
  readonly expires?: number | false;
  readonly person?: string;
  readonly json?: boolean;
}

export function grantSet(group: Command, io: Io): void {
  group
    .command('set')
    .description('change a grant; its token stays, and what is not named stays too')
    .argument('<grant>', 'id, label, or server/label')
    .option(
      '--server <server>',
      'all servers that it reaches, in place of those before; one that stays keeps its policy; repeatable',
      collect,
      [],
    )
    .option(
      '--policy <policy>',
      'name or id of a policy that each server has, or server/policy for one of them; repeatable',
      collect,
      [],
    )
    .option('--label <label>', 'whose it is')
    .option('--tag <tag>', 'all its tags, in place of those before; repeatable', collect, [])
    .option('--expires <time>', 'when it ends, such as 2027-01-31T00:00:00Z', timeOf)
    .option('--no-expires', 'it does not end by itself')
    .option('--person <person>', 'e-mail address or id of the member as whom its calls run; can be set once')
    .option('--json', 'print JSON')
    .action((grant: string, options: Options) =>
      withInstallation(io, async ({ registry }) => {
        const before = await findGrant(registry, grant);
        const change = await changeOf(registry, before, options);
        const row = await changed(io, registry, () => patchGrant(registry, cliActor(), before.id, change));
        if (options.json === true) return io.out(JSON.stringify(showGrant(row), null, 2));
        io.out(plain(`Changed ${row.label}.`));
        for (const line of await reachChanges(registry, before, row)) io.out(plain(line));
      }),
    );
}

async function changeOf(registry: Registry, before: GrantRow, options: Options): Promise<GrantChange> {
  const { server, policy, label, tag, expires, person } = options;
  const reaches = server.length > 0 || policy.length > 0;
  const change = {
    ...(reaches ? { servers: await reached(registry, before, server, policy) } : {}),
    ...(label === undefined ? {} : { label }),
    ...(tag.length === 0 ? {} : { tags: tag }),
    ...(expires === undefined ? {} : { expiresAt: expires === false ? null : expires }),
    ...(person === undefined ? {} : { ownerId: (await findMember(registry, person)).userId }),
  };
  if (Object.keys(change).length === 0) throw new InvalidArgumentError('grant set needs something to change');
  return change;
}

/** The servers named, or those that it has; what is said about policies goes before what it had. */
async function reached(
  registry: Registry,
  before: GrantRow,
  named: readonly string[],
  policies: readonly string[],
): Promise<NonNullable<GrantChange['servers']>> {
  const had = new Map(serversOf(before).map(({ serverId, policyId }) => [serverId, policyId]));
  const servers = named.length > 0 ? named : [...had.keys()];
  const wanted = await findServersWithPolicies(registry, servers, policies);
  const ids = new Map((await registry.store.servers.list()).map(({ id, slug }) => [slug, id]));
  return wanted.map(({ server, policyId }) => ({
    server,
    policyId: policyId ?? had.get(ids.get(server) ?? '') ?? null,
  }));
}

/** One line for each server that it now reaches or reaches no more, and for each other policy. */
async function reachChanges({ store }: Registry, before: GrantRow, after: GrantRow): Promise<string[]> {
  const slugs = new Map((await store.servers.list()).map(({ id, slug }) => [id, slug]));
  const names = new Map((await store.policies.list()).map(({ id, name }) => [id, name]));
  const policyOf = (policyId: string | null): string =>
    policyId === null ? 'no policy: every call is denied' : `policy ${names.get(policyId) ?? policyId}`;
  const had = new Map(serversOf(before).map(({ serverId, policyId }) => [serverId, policyId]));
  const has = new Map(serversOf(after).map(({ serverId, policyId }) => [serverId, policyId]));
  return [
    ...[...had.keys()].filter((id) => !has.has(id)).map((id) => `- ${slugs.get(id) ?? id}`),
    ...[...has]
      .filter(([id, policyId]) => !had.has(id) || had.get(id) !== policyId)
      .map(([id, policyId]) => `${had.has(id) ? '~' : '+'} ${slugs.get(id) ?? id} (${policyOf(policyId)})`),
  ];
}
