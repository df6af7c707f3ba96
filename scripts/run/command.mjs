/** Runs a command to its end. */
import { spawn } from 'node:child_process';

/**
 * Runs quietly and returns what was printed.
 * @throws Error with everything that was printed when the exit code is not 0
 */
export function quietly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (printed += text));
    child.on('error', (error) => reject(new Error(`${command} cannot be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(printed);
      else
        reject(
          new Error(`${command} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}\n${printed}`),
        );
    });
  });
}

/** Runs with our own standard streams; resolves with the exit code, 1 when a signal ended it. */
export function visibly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Waits for all of them, so that nothing runs on behind an error. @throws the first error */
export async function allOf(promises) {
  for (const { reason } of await Promise.allSettled(promises)) if (reason !== undefined) throw reason;
}

/** npm as an argument list: the npm that runs us when there is one. */
export function npmCommand() {
  const { npm_execpath: cli } = process.env;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli))
    return { command: process.execPath, before: [cli], options: {} };
  return { command: 'npm', before: [], options: { shell: process.platform === 'win32' } };
}
