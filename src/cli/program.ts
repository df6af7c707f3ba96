/** Runs commands, and says what becomes of their errors: one clear line, and an exit code (0 fine, 1 failed check, 2 usage). */
import { Command, CommanderError, Help } from 'commander';
import { VERSION } from '../api/index.ts';
import { toPortcullisError } from '../errors.ts';
import type { Io } from './io.ts';
import { plain } from './print.ts';

export type AddCommand = (program: Command, io: Io) => void;

const plainHelp = new Help();

function buildProgram(io: Io, commands: readonly AddCommand[]): Command {
  const program = new Command('portcullis')
    .description('A policy gateway for the Model Context Protocol.')
    .version(VERSION)
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      outputError: () => {},
    })
    .configureHelp({
      // Of an option that may be repeated nothing is given unless it is.
      optionDescription: (option) => plainHelp.optionDescription(option).replace(' (default: [])', ''),
    })
    .exitOverride();
  for (const add of commands) add(program, io);
  return program;
}

/** Runs one command line (without the program's own name). Never throws. @returns the exit code */
export async function runProgram(
  args: readonly string[],
  io: Omit<Io, 'fail'>,
  commands: readonly AddCommand[],
): Promise<number> {
  let code = 0;
  const program = buildProgram({ ...io, fail: () => (code = 1) }, commands);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return error instanceof CommanderError ? usage(io, error) : failure(io, error);
  }
}

function usage(io: Pick<Io, 'err'>, error: CommanderError): number {
  // Help and version that were asked for.
  if (error.exitCode === 0) return 0;
  if (error.code !== 'commander.help')
    io.err(`portcullis: ${error.message.replace(/^error: /, '').replaceAll('\n', ' ')} (--help tells more)`);
  return 2;
}

function failure(io: Pick<Io, 'err' | 'variables'>, thrown: unknown): number {
  const error = toPortcullisError(thrown);
  const said =
    error.code === 'PC_INTERNAL'
      ? String((error.cause as Error | undefined)?.message ?? error.message)
      : error.message;
  io.err(`portcullis: ${plain(said)}`);
  for (const { line, column, pointer, message } of error.problems) {
    const place = line === undefined ? '' : `${line}:${column ?? 1} `;
    io.err(plain(`  ${place}${pointer === '' ? '' : `${pointer} `}${message}`));
  }
  if (io.variables['PORTCULLIS_LOG_LEVEL'] === 'debug' && thrown instanceof Error) io.err(thrown.stack ?? '');
  return 1;
}
