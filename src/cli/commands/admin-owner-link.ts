import type { Command } from 'commander';
import { newOwnerLink } from '../../accounts/index.ts';
import { withInstallation, type Io } from '../io.ts';

export function adminOwnerLink(group: Command, io: Io): void {
  group
    .command('owner-link')
    .description("print a link that makes an owner's account, or gives one a new password; it works once")
    .action(() =>
      withInstallation(io, async ({ registry }, { publicUrl }) => {
        io.out(await newOwnerLink({ ...registry, publicUrl }));
      }),
    );
}
