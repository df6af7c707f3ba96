import type { Command } from 'commander';
import { showVersion } from '../../api/index.ts';
import { PortcullisError } from '../../errors.ts';
import { requireServer } from '../../registry/index.ts';
import { countOf } from '../arguments.ts';
import { findPolicy } from '../find.ts';
import { withInstallation, type Io } from '../io.ts';

export function policyShow(group: Command, io: Io): void {
  group
    .command('show')
    .description('a stored policy as it was written, on standard output')
    .argument('<server>', 'id or slug')
    .argument('<policy>', 'its name or id')
    .argument('[version]', 'its number; the newest unless given', countOf)
    .option('--json', 'print JSON: the canonical document, who saved it and when')
    .action((server: string, policy: string, version: number | undefined, { json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store }) => {
        const row = await findPolicy(registry, (await requireServer(registry, server)).id, policy);
        const wanted = version ?? row.version;
        const found = (await store.policies.versions(row.id)).find((one) => one.version === wanted);
        if (found === undefined)
          throw new PortcullisError('PC_API_NOT_FOUND', { what: 'such version of this policy' });
        // What goes into a file shall be what was written, without a line more.
        io.out(
          json === true ? JSON.stringify(showVersion(found), null, 2) : found.written.replace(/\n$/, ''),
        );
      }),
    );
}
