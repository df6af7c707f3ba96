/** What decisions are looked for by, as options of a command. */
import { withoutUndefined } from '../json.ts';
import { InvalidArgumentError, type Command } from 'commander';
import { PortcullisError } from '../errors.ts';
import { requireServer, type DecisionFilter, type Registry } from '../registry/index.ts';
import { timeOf } from './arguments.ts';
import { findGrant } from './find.ts';

const OUTCOMES = ['allow', 'deny', 'needs_approval', 'error', 'unknown'];

export interface DecisionOptions {
  readonly server?: string;
  readonly grant?: string;
  readonly tool?: string;
  readonly outcome?: string;
  readonly rule?: string;
  readonly text?: string;
  readonly from?: number;
  readonly to?: number;
}

export function withDecisionOptions(command: Command): Command {
  return command
    .option('--server <server>', 'only of this server: id or slug')
    .option('--grant <grant>', 'only of this grant: id, label, or server/label')
    .option('--tool <tool>', 'only of this tool')
    .option('--outcome <outcome>', `only ${OUTCOMES.join(', ')}`, outcomeOf)
    .option('--rule <rule>', 'only by this rule, whole, as a decision names it')
    .option('--text <words>', 'only with these words, in whatever case')
    .option('--from <time>', 'from then on', timeOf)
    .option('--to <time>', 'before then', timeOf);
}

/** With ids in place of names. What is gone is still in the log, under its id. @throws PC_API_CONFLICT when several grants have the label */
export async function decisionFilter(
  registry: Registry,
  { server, grant, tool, outcome, rule, text }: DecisionOptions,
): Promise<DecisionFilter> {
  const serverId = server && (await known(server, () => requireServer(registry, server)));
  const grantId = grant && (await known(grant, () => findGrant(registry, grant)));
  const filter = { server: serverId, grant: grantId, tool, outcome, rule, text };
  return withoutUndefined(filter);
}

async function known(given: string, find: () => Promise<{ readonly id: string }>): Promise<string> {
  return find().then(
    ({ id }) => id,
    (error: unknown) => {
      if (error instanceof PortcullisError && error.status === 404) return given;
      throw error;
    },
  );
}

function outcomeOf(text: string): string {
  if (OUTCOMES.includes(text)) return text;
  throw new InvalidArgumentError(`expected ${OUTCOMES.join(', ')}`);
}
