import type { Command } from 'commander';
import { showMember } from '../../api/index.ts';
import { changeMember, type Role } from '../../registry/index.ts';
import { roleOf } from '../arguments.ts';
import { findMember } from '../find.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { plain } from '../print.ts';

export function memberSet(group: Command, io: Io): void {
  group
    .command('set')
    .description('give a member another role; an organization keeps at least one admin')
    .argument('<member>', 'e-mail address or id')
    .requiredOption('--role <role>', 'viewer, policy_manager or admin', roleOf)
    .option('--json', 'print JSON')
    .action((member: string, { role, json }: { role: Role; json?: boolean }) =>
      withInstallation(io, async ({ registry }) => {
        const { id } = await findMember(registry, member);
        const row = await changed(io, registry, () => changeMember(registry, cliActor(), id, role));
        if (json === true) return io.out(JSON.stringify(showMember(row), null, 2));
        io.out(plain(`${row.email}: ${row.role}`));
      }),
    );
}
