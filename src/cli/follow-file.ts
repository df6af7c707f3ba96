/** Calls back when a file's content changes, also when editors replace it by renaming. */
import { watchFile, unwatchFile } from 'node:fs';

const POLL_MS = 200;

export function followFile(path: string, changed: () => Promise<void>): { close(): void } {
  let work = Promise.resolve();
  const listener = (
    now: { mtimeMs: number; size: number; ino: number },
    before: { mtimeMs: number; size: number; ino: number },
  ): void => {
    if (now.mtimeMs === before.mtimeMs && now.size === before.size && now.ino === before.ino) return;
    work = work.then(changed);
  };
  watchFile(path, { interval: POLL_MS, persistent: false }, listener);
  return { close: () => unwatchFile(path, listener) };
}
