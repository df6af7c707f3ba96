import type { Command } from 'commander';
import { explain } from '../../policy/index.ts';
import type { JsonObject } from '../../json.ts';
import { argumentsOf } from '../arguments.ts';
import type { Io } from '../io.ts';
import { judge } from '../judge.ts';
import { readPolicyFile } from '../policy-file.ts';
import { openToolBook } from '../tool-facts.ts';

interface Options {
  readonly tool: string;
  readonly arguments: JsonObject;
  readonly server?: string;
  readonly json?: boolean;
}

export function policyExplain(group: Command, io: Io): void {
  group
    .command('explain')
    .description('every step from a call to its verdict')
    .argument('<file>', 'the policy')
    .requiredOption('--tool <name>', 'the tool that is called')
    .option('--arguments <json>', 'its arguments, a JSON object', argumentsOf, {})
    .option('--server <server>', 'id or slug: takes class and input schema from what the gateway saw')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Options) => {
      const document = await readPolicyFile(file);
      const { facts } = await openToolBook(io, options.server);
      const verdict = await judge(document, facts(options.tool), options.arguments);
      io.out(options.json === true ? JSON.stringify({ document, ...verdict }, null, 2) : explain(verdict));
    });
}
