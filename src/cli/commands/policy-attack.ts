import type { Command } from 'commander';
import { loadAttacks } from '../../catalog/index.ts';
import { collect, countOf, transportOf } from '../arguments.ts';
import { findTools, type ToolSource } from '../attack/find-tools.ts';
import { printCoverage } from '../attack/print-coverage.ts';
import type { Io } from '../io.ts';
import { readPolicyFile } from '../policy-file.ts';

interface Options extends ToolSource {
  readonly json?: boolean;
  readonly failOnGap?: boolean;
}

export function policyAttack(group: Command, io: Io): void {
  group
    .command('attack')
    .description('play the attack patterns that fit a server’s tools against a policy; no tool is called')
    .argument('<file>', 'the policy')
    .argument('[command...]', 'a server on stdio that is asked for its tools: -- command arguments…')
    .option('--tools <file>', 'tool definitions: the JSON of a tools/list')
    .option('--server <server>', 'id or slug: the tools that the gateway saw')
    .option('--upstream <url>', 'a server over HTTP that is asked for its tools')
    .option('--transport <kind>', 'with --upstream: http (the default) or sse', transportOf)
    .option('--header <header>', 'with --upstream: a header, "Name: value"; repeatable', collect, [])
    .option('--env <variable>', 'with -- command: NAME=value, or NAME to pass it on; repeatable', collect, [])
    .option('--timeout <seconds>', 'for a server that is asked', countOf, 60)
    .option('--json', 'print JSON')
    .option('--fail-on-gap', 'exit code 1 when a pattern gets through')
    .action(async (file: string, command: string[], options: Options) => {
      const policy = await readPolicyFile(file);
      const tools = await findTools(io, command, options);
      if (tools === undefined) return;
      const { ATTACKS, playAll } = await loadAttacks();
      const coverage = playAll(ATTACKS, policy, tools, { now: Date.now() });
      if (options.json === true) io.out(JSON.stringify(coverage, null, 2));
      else printCoverage(io, coverage);
      if (options.failOnGap === true && coverage.gotThrough > 0) io.fail();
    });
}
