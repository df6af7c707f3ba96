/** A new master key in the data directory. Both keys are there at every moment, whatever ends the process. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PortcullisError } from '../../errors.ts';
import type { EnvironmentVariables } from './home.ts';
import { replaceKeyFile } from './key-file.ts';
import { loadMasterKey, previousKeyFile } from './master-key.ts';

/**
 * The old key moves to `master.key.previous`, where running processes and this one find it.
 * @throws PC_CONFIG_INVALID when the key comes from the environment: then it is not ours to replace
 */
export function rotateKeyFile(home: string, env: EnvironmentVariables): void {
  if (env['PORTCULLIS_MASTER_KEY'])
    throw new PortcullisError('PC_CONFIG_INVALID', {
      detail: 'PORTCULLIS_MASTER_KEY is set, so the new key must be set there',
    });
  const { key } = loadMasterKey(home, env);
  const retired = previousKeyFile(home);
  const before = existsSync(retired) ? readFileSync(retired, 'utf8') : '';
  replaceKeyFile(retired, `${before}${key.toString('base64')}\n`);
  replaceKeyFile(join(home, 'master.key'), `${randomBytes(32).toString('base64')}\n`);
}

/** Deletes the keys before: what only they open is lost. */
export function forgetPreviousKeys(home: string): void {
  rmSync(previousKeyFile(home), { force: true });
}
