/**
 * A file whose writes are on disk when they are reported done: opened with O_DSYNC, so one system call both writes and syncs.
 * Where the platform lacks O_DSYNC each write is followed by fdatasync.
 */
import * as fs from 'node:fs';
import { open } from 'node:fs/promises';
import { ZeroedRoom } from './zeroed-room.ts';

export interface SpoolFile {
  /**
   * Writes all bytes at `position`; resolves when they are durable. Zeros may stand behind them; after a rejection anything may stand
   * from `position` on.
   */
  write(bytes: Buffer, position: number): Promise<void>;
  /** Cuts the file to `length` bytes, durably. */
  truncate(length: number): Promise<void>;
  /** @param length bytes that count; what room stands behind them is given back */
  close(length?: number): Promise<void>;
}

export type OpenSpoolFile = (path: string) => Promise<SpoolFile>;

/** Creates a new file (0600). Rejects with the system's error. */
export const openSpoolFile: OpenSpoolFile = async (path) => {
  const { O_WRONLY, O_CREAT, O_EXCL } = fs.constants;
  const sync: number | undefined = fs.constants.O_DSYNC;
  const handle = await open(path, O_WRONLY | O_CREAT | O_EXCL | (sync ?? 0), 0o600);
  const room = new ZeroedRoom(path);
  return {
    write: async (bytes, position) => {
      await room.before(position + bytes.length);
      await writeAll(handle.fd, bytes, position);
      if (sync === undefined) await handle.datasync();
    },
    truncate: async (length) => {
      await room.close();
      await handle.truncate(length);
      await handle.datasync();
    },
    close: async (length) => {
      await room.close();
      if (length !== undefined) await handle.truncate(length).catch(() => {});
      await handle.close();
    },
  };
};

/** The callback form: it costs a third of the promise form per write. */
function writeAll(fd: number, bytes: Buffer, position: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const from = (start: number): void => {
      fs.write(fd, bytes, start, bytes.length - start, position + start, (error, written) => {
        if (error !== null) reject(error);
        else if (start + written === bytes.length) resolve();
        else from(start + written);
      });
    };
    from(0);
  });
}

/** Makes the creation or removal of names in a directory durable. Windows cannot and need not. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reports an input/output error',
  EACCES: 'no permission to write in the spool directory',
  EPERM: 'no permission to write in the spool directory',
  ENOENT: 'the spool directory is gone',
  EMFILE: 'too many files are open',
};

/** What went wrong, in words without paths. */
export function diskTrouble(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? `the spool cannot be written${code === '' ? '' : ` (${code})`}`;
}
