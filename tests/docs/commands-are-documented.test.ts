import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { loadCommands } from '../../src/cli/load-commands.ts';
import { ROOT } from '../kit/index.ts';

const io: Io = {
  variables: {},
  out: () => {},
  err: () => {},
  fail: () => {},
  signal: new AbortController().signal,
};

/** Every command that does something, as one types it. */
function typed(command: Command, before: string): string[] {
  return command.commands.flatMap((one) => {
    const name = `${before}${one.name()}`;
    return one.commands.length > 0 ? typed(one, `${name} `) : [name];
  });
}

it('docs/cli.md names every command, and no other', async () => {
  const program = new Command();
  for (const add of await loadCommands(undefined)) add(program, io);
  const commands = typed(program, '').toSorted();
  const page = readFileSync(join(ROOT, 'docs/cli.md'), 'utf8');
  const table = page.split('\n').filter((line) => line.startsWith('| `'));
  const named = table.flatMap((line) =>
    [...(line.split(/(?<!\\)\|/)[1] ?? '').matchAll(/`([a-z][a-z-]*)((?: [a-z|-]+)?)[^`]*`/g)].flatMap(
      ([, first, rest = '']) =>
        rest
          .trim()
          .split('|')
          .map((second) => `${first} ${second}`.trim()),
    ),
  );
  const known = new Set(named.map((name) => (commands.includes(name) ? name : name.split(' ')[0]!)));
  expect(commands.filter((name) => !known.has(name))).toEqual([]);
  expect([...known].filter((name) => !commands.includes(name))).toEqual([]);
});
