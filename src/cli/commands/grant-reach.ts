import type { Command } from 'commander';
import type { ToolClass } from '../../policy/index.ts';
import { classOf } from '../catalog-arguments.ts';
import { findGrant } from '../find.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';
import { reachOf, type Reach } from '../reach.ts';

interface Options {
  readonly server?: string;
  readonly tool?: string;
  readonly class?: ToolClass;
  readonly json?: boolean;
}

/** Labels that fit into a line. */
const NAMED = 3;

export function grantReach(group: Command, io: Io): void {
  group
    .command('reach')
    .description('who can call what by the policies in force, the gravest tools first')
    .argument('[grant]', 'id, label, or server/label; all that are active unless given')
    .option('--server <server>', 'only tools of this server: id or slug')
    .option('--tool <name>', 'only this tool')
    .option('--class <class>', 'only tools of this class', classOf)
    .option('--json', 'print JSON, with every grant')
    .action((wanted: string | undefined, { json, ...filter }: Options) =>
      withInstallation(io, async ({ registry }) => {
        const grant = wanted === undefined ? undefined : (await findGrant(registry, wanted)).id;
        const { reaches, unknown } = await reachOf(registry, { ...filter, grant });
        for (const slug of unknown)
          io.err(`portcullis: the tools of ${slug} are not known; ask it: portcullis server refresh ${slug}`);
        printList(io, json, reaches, [
          ['CLASS', (reach) => reach.class],
          ['SERVER', ({ server }) => server],
          ['TOOL', ({ tool }) => tool],
          ['HOW', ({ how, rule }) => (rule === '' ? how : `${how}: ${rule}`)],
          ['POLICY', ({ policy }) => policy],
          ['GRANTS', named],
        ]);
      }),
    );
}

function named({ grants }: Reach): string {
  const labels = grants.slice(0, NAMED).map(({ label }) => label);
  return grants.length > NAMED ? `${labels.join(', ')} and ${grants.length - NAMED} more` : labels.join(', ');
}
