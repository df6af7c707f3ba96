import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { PortcullisError } from '../../errors.ts';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/**
 * The data directory: PORTCULLIS_HOME, else `~/.portcullis`. Created with mode 0700.
 * @throws PC_CONFIG_INVALID when it cannot be created
 */
export function homeDirectory(env: EnvironmentVariables): string {
  const path = env['PORTCULLIS_HOME'] ? resolve(env['PORTCULLIS_HOME']) : join(homedir(), '.portcullis');
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  } catch (error) {
    const detail = `the data directory ${path} cannot be created (${(error as NodeJS.ErrnoException).code}); set PORTCULLIS_HOME`;
    throw new PortcullisError('PC_CONFIG_INVALID', { detail }, { cause: error });
  }
}
