/** What `bin/portcullis.js` runs. */
import { loadCommands } from './load-commands.ts';
import { runProgram } from './program.ts';

const stop = new AbortController();

/** Only commands that wait for it are stopped this way; others end by the signal itself, as usual. */
if (process.argv.includes('tail') || process.argv[2] === 'scan') process.once('SIGINT', () => stop.abort());
// Servers that a scan started must not outlive it.
if (process.argv[2] === 'scan') process.once('SIGTERM', () => stop.abort());

// A reader that is gone (`| head`) is no error; a disk that is full is one.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(0);
  process.stderr.write(`portcullis: standard output cannot be written: ${message}\n`);
  process.exit(1);
});

const ask = async (question: string): Promise<boolean> => (await import('./confirm.ts')).confirm(question);

void main();

async function main(): Promise<void> {
  const commands = await loadCommands(process.argv[2]);
  process.exitCode = await runProgram(
    process.argv.slice(2),
    {
      variables: process.env,
      out: (line) => void process.stdout.write(`${line}\n`),
      err: (line) => void process.stderr.write(`${line}\n`),
      signal: stop.signal,
      ...(process.stdin.isTTY && process.stderr.isTTY && { confirm: ask }),
      probe: async (...asked) => (await import('./probe.ts')).probe(...asked),
    },
    commands,
  );
}
