import { resolve } from 'node:path';
import { namedFiles } from './read-configuration.ts';
import { watchFiles } from './watch-files.ts';

/**
 * Calls back when a configuration file or a policy file that it names changes. Resolves when no later change will be missed.
 * @param changed must not throw
 */
export async function watchConfiguration(
  path: string,
  changed: () => Promise<void>,
): Promise<{ close(): void }> {
  const absolute = resolve(path);
  const all = async (): Promise<string[]> => [absolute, ...new Set(await namedFiles(absolute))];
  const files = watchFiles(async () => {
    // Before it is read, so that a change while it is read is seen.
    await files.follow(await all());
    await changed();
  });
  await files.follow(await all());
  return files;
}
