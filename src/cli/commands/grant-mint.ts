import { InvalidArgumentError, type Command } from 'commander';
import { showGrant } from '../../api/index.ts';
import { mintSharedGrant } from '../../registry/index.ts';
import { collect, timeOf } from '../arguments.ts';
import { findMember, findServersWithPolicies } from '../find.ts';
import { changed, cliActor, userName, withInstallation, type Io } from '../io.ts';

interface Options {
  readonly server: readonly string[];
  readonly policy: readonly string[];
  readonly label?: string;
  readonly tag: readonly string[];
  readonly expires?: number;
  readonly person?: string;
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
    .option(
      '--person <person>',
      'e-mail address or id of the member as whom its calls run, at servers that are per user',
    )
    .option('--json', 'print JSON')
    .action((first: string | undefined, options: Options) =>
      withInstallation(io, async ({ registry }, { publicUrl }) => {
        const { label = userName(), tag, expires, person, json } = options;
        const named = [...(first === undefined ? [] : [first]), ...options.server];
        if (named.length === 0) throw new InvalidArgumentError('name a server, or several with --server');
        const servers = await findServersWithPolicies(registry, named, options.policy);
        const ownerId = person === undefined ? null : (await findMember(registry, person)).userId;
        const input = { label, tags: tag, expiresAt: expires ?? null, ownerId };
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
