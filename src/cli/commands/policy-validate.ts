import type { Command } from 'commander';
import { parsePolicy } from '../../policy/index.ts';
import type { Io } from '../io.ts';
import { readText } from '../read-text.ts';

export function policyValidate(group: Command, io: Io): void {
  group
    .command('validate')
    .description('check policy files; one line for each problem')
    .argument('<file...>', 'JSON or YAML')
    .action(async (files: readonly string[]) => {
      for (const file of files) await validate(io, file);
    });
}

async function validate(io: Io, file: string): Promise<void> {
  const text = await readText(file).catch((error: NodeJS.ErrnoException) => {
    io.err(`${file}:1:1  cannot be read (${error.code ?? error.message})`);
    return undefined;
  });
  if (text === undefined) return io.fail();
  const parsed = parsePolicy(text);
  if (parsed.ok) return io.out(`${file}: ok`);
  for (const { line = 1, column = 1, pointer, message } of parsed.problems)
    io.err(`${file}:${line}:${column} ${pointer === '' ? '/' : pointer} ${message}`);
  io.fail();
}
