import type { Command } from 'commander';
import { showGrant } from '../../api/index.ts';
import { rotateGrant } from '../../registry/index.ts';
import { secondsOf } from '../arguments.ts';
import { findGrant } from '../find.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';

export function grantRotate(group: Command, io: Io): void {
  group
    .command('rotate')
    .description('give a grant a new token; prints it')
    .argument('<grant>', 'id, label, or server/label')
    .option('--overlap <seconds>', 'how long the old token still works', secondsOf, 0)
    .option('--json', 'print JSON')
    .action((grant: string, { overlap, json }: { overlap: number; json?: boolean }) =>
      withInstallation(io, async ({ registry }) => {
        const { id } = await findGrant(registry, grant);
        const { row, token } = await changed(io, registry, () =>
          rotateGrant(registry, cliActor(), id, { overlapSeconds: overlap }),
        );
        io.out(json === true ? JSON.stringify({ ...showGrant(row), token }, null, 2) : token);
      }),
    );
}
