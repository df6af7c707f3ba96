import type { Command } from 'commander';
import { compilePolicy, diffPolicies, stanceOf } from '../../policy/index.ts';
import type { Io } from '../io.ts';
import { readPolicyFile } from '../policy-file.ts';
import { plain } from '../print.ts';
import { openToolBook } from '../tool-facts.ts';

export function policyDiff(group: Command, io: Io): void {
  group
    .command('diff')
    .description('what changes from one policy to another; exit code 1 when anything does')
    .argument('<before>', 'JSON or YAML')
    .argument('<after>', 'JSON or YAML')
    .option('--server <server>', 'id or slug: says what it means for its tools')
    .option('--json', 'print JSON')
    .action(async (first: string, second: string, { server, json }: { server?: string; json?: boolean }) => {
      const [before, after] = [await readPolicyFile(first), await readPolicyFile(second)];
      const [old, fresh] = [compilePolicy(before), compilePolicy(after)];
      const book = await openToolBook(io, server);
      const changes = diffPolicies(before, after);
      const tools = book.tools.flatMap(({ name }) => {
        const [was, is] = [stanceOf(old, book.facts(name)), stanceOf(fresh, book.facts(name))];
        return was.stance === is.stance ? [] : [{ tool: name, before: was.stance, after: is.stance }];
      });
      if (json === true) io.out(JSON.stringify({ changes, tools }, null, 2));
      else {
        for (const { pointer, kind, before: was, after: is } of changes)
          io.out(plain(`${kind.padEnd(8)} ${pointer || '/'}${shown(was, '  - ')}${shown(is, '  + ')}`));
        for (const { tool, before: was, after: is } of tools)
          io.out(plain(`tool     ${tool}: ${was} -> ${is}`));
      }
      if (changes.length > 0) io.fail();
    });
}

function shown(value: unknown, sign: string): string {
  return value === undefined ? '' : `${sign}${JSON.stringify(value)}`;
}
