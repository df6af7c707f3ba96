import type { Command } from 'commander';
import { lintPolicy } from '../../policy/index.ts';
import type { Io } from '../io.ts';
import { readPolicyFile } from '../policy-file.ts';
import { openToolBook } from '../tool-facts.ts';

export function policyLint(group: Command, io: Io): void {
  group
    .command('lint')
    .description('what is legal in a policy but probably not meant; exit code 1 when there is anything')
    .argument('<file>')
    .option('--server <server>', 'id or slug: checks against the tools that the gateway saw')
    .option('--json', 'print JSON')
    .action(async (file: string, { server, json }: { server?: string; json?: boolean }) => {
      const document = await readPolicyFile(file);
      const notes = lintPolicy(document, (await openToolBook(io, server)).tools);
      if (json === true) io.out(JSON.stringify(notes, null, 2));
      else
        for (const { pointer, message } of notes)
          io.out(`${file} ${pointer === '' ? '/' : pointer} ${message}`);
      if (notes.length > 0) io.fail();
      else if (json !== true) io.out(`${file}: nothing to say`);
    });
}
