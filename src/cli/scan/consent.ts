import { InvalidArgumentError } from 'commander';
import { shown, type StatedServer } from '../../catalog/index.ts';
import type { Io } from '../io.ts';

/** Servers of a configuration run, and get what it sends them, only when somebody said so. @throws InvalidArgumentError when nobody can be asked */
export async function hasConsent(
  io: Pick<Io, 'err' | 'confirm'>,
  servers: readonly StatedServer[],
  yes: boolean,
): Promise<boolean> {
  if (yes || servers.length === 0) return true;
  if (io.confirm === undefined)
    throw new InvalidArgumentError(
      `${servers.length} ${servers.length === 1 ? 'server' : 'servers'} would be started or contacted: --yes agrees, --static reads the configuration only`,
    );
  for (const { name, target } of servers) {
    const what = target.transport === 'stdio' ? `runs ${target.command.join(' ')}` : `contacts ${target.url}`;
    io.err(`  ${shown(name, 60)} ${shown(what, 300)}`);
  }
  return io.confirm('Start and contact these servers to list their tools?');
}
