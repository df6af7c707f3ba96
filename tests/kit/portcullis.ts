import { PROGRAM } from './folders.ts';
import { runToEnd } from './process.ts';

/** The command line as users run it, on one data directory. */
export function portcullis(home: string, ...args: string[]): ReturnType<typeof runToEnd> {
  return runToEnd(PROGRAM, args, { env: { PORTCULLIS_HOME: home } });
}
