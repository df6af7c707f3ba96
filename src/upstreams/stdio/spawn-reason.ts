/** Why a command could not be started, in words that help its owner. */
import { existsSync } from 'node:fs';
import { codeOf } from '../failures.ts';

export function spawnReason(program: string, cwd: string | undefined, error: Error): string {
  const code = codeOf(error);
  if (code === 'ENOENT' && cwd !== undefined && !existsSync(cwd))
    return `its working directory ${cwd} does not exist`;
  if (code === 'ENOENT') return `the command ${program} was not found`;
  if (code === 'EACCES') return `the command ${program} may not be executed`;
  return `the command ${program} could not be started (${code || 'unknown reason'})`;
}
