import type { Command } from 'commander';
import { mintApiKey, type Role } from '../../registry/index.ts';
import { roleOf, timeOf } from '../arguments.ts';
import { changed, cliActor, userName, withInstallation, type Io } from '../io.ts';

interface Options {
  readonly role: Role;
  readonly label?: string;
  readonly expires?: number;
  readonly json?: boolean;
}

export function adminKey(group: Command, io: Io): void {
  group
    .command('key')
    .description('mint a key for the REST API; prints it, once')
    .option('--role <role>', 'viewer, policy_manager or admin', roleOf, 'admin')
    .option('--label <label>', 'whose it is (default: your user name)')
    .option('--expires <time>', 'when it ends, such as 2027-01-31T00:00:00Z', timeOf)
    .option('--json', 'print JSON')
    .action(({ role, label = userName(), expires, json }: Options) =>
      withInstallation(io, async ({ registry }) => {
        const input = { label, role, expiresAt: expires ?? null };
        const { row, key } = await changed(io, registry, () => mintApiKey(registry, cliActor(), input));
        io.out(json === true ? JSON.stringify({ id: row.id, label, role, key }, null, 2) : key);
      }),
    );
}
