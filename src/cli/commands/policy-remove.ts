import type { Command } from 'commander';
import { removePolicy, requireServer } from '../../registry/index.ts';
import { serversOf } from '../../store/index.ts';
import { findPolicy } from '../find.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

export function policyRemove(group: Command, io: Io): void {
  group
    .command('remove')
    .description('remove a policy with all its versions; grants that carry it deny every call afterwards')
    .argument('<server>', 'id or slug')
    .argument('<policy>', 'its name or id')
    .action((server: string, policy: string) =>
      withInstallation(io, async ({ registry, store }) => {
        const { id: serverId } = await requireServer(registry, server);
        const { id, name } = await findPolicy(registry, serverId, policy);
        const carried = (await store.grants.list(serverId)).filter(
          (grant) => grant.revokedAt === null && serversOf(grant).some(({ policyId }) => policyId === id),
        );
        await changed(io, registry, () => removePolicy(registry, cliActor(), id));
        io.out(plain(`Removed ${name}.`));
        for (const { label } of carried) io.out(plain(`~ ${label} (no policy: every call is denied)`));
      }),
    );
}
