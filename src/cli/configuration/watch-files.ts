/**
 * Calls back when any of a set of files changes. Directories are watched, because editors replace files; and files are looked
 * at every half second, because not every file system tells. Files that do not exist yet count too.
 */
import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

const LOOK_MS = 500;
/** Editors write in several steps. */
const QUIET_MS = 100;

export interface FileWatch {
  /** Watches other files from now on. */
  follow(paths: readonly string[]): Promise<void>;
  close(): void;
}

/** @param changed called once for changes that come together, never twice at a time; must not throw */
export function watchFiles(changed: () => Promise<void>): FileWatch {
  let paths: readonly string[] = [];
  let seen = '';
  let watchers: FSWatcher[] = [];
  let quiet: NodeJS.Timeout | undefined;
  let closed = false;
  let work: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const now = await fingerprint(paths);
    if (closed || now === seen) return;
    seen = now;
    clearTimeout(quiet);
    quiet = setTimeout(() => void settle(), QUIET_MS);
  };
  const settle = async (): Promise<void> => {
    const now = await fingerprint(paths);
    if (now !== seen) return look();
    work = work.then(() => (closed ? undefined : changed()));
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();

  return {
    async follow(next) {
      if (next.join('\n') !== paths.join('\n')) {
        paths = next;
        seen = await fingerprint(paths);
        for (const watcher of watchers) watcher.close();
        const names = new Set(next.map((path) => basename(path)));
        watchers = closed
          ? []
          : [...new Set(next.map(dirname))].flatMap((directory) =>
              watched(directory, names, () => void look()),
            );
      }
    },
    close() {
      closed = true;
      clearInterval(timer);
      clearTimeout(quiet);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/**
 * Nothing where the directory is missing or cannot be watched: then looking has to do. Other files do not count: the database
 * may lie in the same directory, and changes all the time.
 */
function watched(directory: string, names: ReadonlySet<string>, changed: () => void): FSWatcher[] {
  try {
    const watcher = watch(directory, { persistent: false }, (_, name) => {
      if (name === null || names.has(name)) changed();
    });
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}

async function fingerprint(paths: readonly string[]): Promise<string> {
  const marks = paths.map(async (path) => {
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    return found === undefined ? 'none' : `${found.ino} ${found.size} ${found.mtimeNs}`;
  });
  return (await Promise.all(marks)).join('\n');
}
