import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { judge } from '../judge.ts';
import { readCases } from '../policy-cases.ts';
import { readPolicyFile } from '../policy-file.ts';
import { openToolBook } from '../tool-facts.ts';

export function policyTest(group: Command, io: Io): void {
  group
    .command('test')
    .description('play the cases beside a policy (policy.test.yaml) against it')
    .argument('<file>', 'the policy')
    .option('--server <server>', 'id or slug: takes classes and input schemas from what the gateway saw')
    .action(async (file: string, { server }: { server?: string }) => {
      const document = await readPolicyFile(file);
      const { path, cases } = await readCases(file);
      const { facts } = await openToolBook(io, server);
      let failed = 0;
      for (const { name, call, expect, rule } of cases) {
        const verdict = await judge(document, facts(call.tool), call.arguments ?? {});
        const holds = verdict.outcome === expect && (rule === undefined || verdict.rule === rule);
        if (!holds) failed++;
        const wanted = rule === undefined ? expect : `${expect} by ${rule}`;
        const is = verdict.rule === '' ? verdict.outcome : `${verdict.outcome} by ${verdict.rule}`;
        io.out(holds ? `ok    ${name}` : `FAIL  ${name}: expected ${wanted}, is ${is}: ${verdict.message}`);
      }
      io.out(`${cases.length - failed} of ${cases.length} cases hold (${path})`);
      if (failed > 0) io.fail();
    });
}
