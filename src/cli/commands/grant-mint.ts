import type { Command } from 'commander';
import { showGrant } from '../../api/index.ts';
import { mintGrant, requireServer } from '../../registry/index.ts';
import { collect, timeOf } from '../arguments.ts';
import { findPolicy } from '../find.ts';
import { changed, cliActor, userName, withInstallation, type Io } from '../io.ts';

interface Options {
  readonly policy?: string;
  readonly label?: string;
  readonly tag: readonly string[];
  readonly expires?: number;
  readonly json?: boolean;
}

export function grantMint(group: Command, io: Io): void {
  group
    .command('mint')
    .description('let a client call a server; prints the token')
    .argument('<server>', 'id or slug')
    .option('--policy <policy>', 'name or id; without one every call is denied')
    .option('--label <label>', 'whose it is (default: your user name)')
    .option('--tag <tag>', 'for rules on grant.tags; repeatable', collect, [])
    .option('--expires <time>', 'when it ends, such as 2027-01-31T00:00:00Z', timeOf)
    .option('--json', 'print JSON')
    .action((server: string, { policy, label = userName(), tag, expires, json }: Options) =>
      withInstallation(io, async ({ registry }, { publicUrl }) => {
        const { id, slug } = await requireServer(registry, server);
        const policyId = policy === undefined ? null : (await findPolicy(registry, id, policy)).id;
        const input = { label, policyId, tags: tag, expiresAt: expires ?? null };
        const { row, token } = await changed(io, registry, () => mintGrant(registry, cliActor(), id, input));
        if (json === true) return io.out(JSON.stringify({ ...showGrant(row), token }, null, 2));
        if (policyId === null) io.err('This grant has no policy yet, so every call is denied.');
        io.err(`Send it as "Authorization: Bearer …" to ${publicUrl}/mcp/${slug}`);
        io.out(token);
      }),
    );
}
