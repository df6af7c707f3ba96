import { InvalidArgumentError, type Command } from 'commander';
import { showGrant } from '../../api/index.ts';
import {
  mintSharedGrant,
  requireServer,
  type GrantServerInput,
  type Registry,
} from '../../registry/index.ts';
import type { ServerRow } from '../../store/index.ts';
import { collect, timeOf } from '../arguments.ts';
import { findPolicy } from '../find.ts';
import { changed, cliActor, userName, withInstallation, type Io } from '../io.ts';

interface Options {
  readonly server: readonly string[];
  readonly policy: readonly string[];
  readonly label?: string;
  readonly tag: readonly string[];
  readonly expires?: number;
  readonly json?: boolean;
}

export function grantMint(group: Command, io: Io): void {
  group
    .command('mint')
    .alias('create')
    .description('let a client call one server or several; prints the token')
    .argument('[server]', 'id or slug')
    .option('--server <server>', 'one more server; repeatable', collect, [])
    .option(
      '--policy <policy>',
      'name or id of a policy that each server has, or server/policy for one of them; without one every call is denied; repeatable',
      collect,
      [],
    )
    .option('--label <label>', 'whose it is (default: your user name)')
    .option('--tag <tag>', 'for rules on grant.tags; repeatable', collect, [])
    .option('--expires <time>', 'when it ends, such as 2027-01-31T00:00:00Z', timeOf)
    .option('--json', 'print JSON')
    .action((first: string | undefined, options: Options) =>
      withInstallation(io, async ({ registry }, { publicUrl }) => {
        const { label = userName(), tag, expires, json } = options;
        const named = [...(first === undefined ? [] : [first]), ...options.server];
        if (named.length === 0) throw new InvalidArgumentError('name a server, or several with --server');
        const servers = await withPolicies(registry, named, options.policy);
        const input = { label, tags: tag, expiresAt: expires ?? null };
        const { row, token } = await changed(io, registry, () =>
          mintSharedGrant(registry, cliActor(), servers, input),
        );
        if (json === true) return io.out(JSON.stringify({ ...showGrant(row), token }, null, 2));
        for (const { server, policyId } of servers)
          if (policyId === null)
            io.err(`On ${server} this grant has no policy yet, so every call is denied.`);
        const path = servers.length === 1 ? `/${servers[0]!.server}` : '';
        io.err(`Send it as "Authorization: Bearer …" to ${publicUrl}/mcp${path}`);
        io.out(token);
      }),
    );
}

/** Each server by its slug. @throws PC_API_NOT_FOUND for a server, or a policy that it does not have */
async function withPolicies(
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
