/** Key files: made once, whole or not at all, readable by their owner only. */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { PortcullisError } from '../../errors.ts';

/** What a file system that knows no hard links answers. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * The text of the file; made by `create` when there is none. Of several processes that start together one creates it,
 * and all read the same.
 * @throws PC_CONFIG_INVALID when it can be neither read nor created
 */
export function keyFile(path: string, create: () => string): string {
  try {
    return readExisting(path) ?? createFile(path, create());
  } catch (error) {
    const detail = `the key file ${path} cannot be used (${(error as NodeJS.ErrnoException).code})`;
    throw new PortcullisError('PC_CONFIG_INVALID', { detail }, { cause: error });
  }
}

/** Puts `text` in the place of the file's, in one step. */
export function replaceKeyFile(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}`;
  writeDurably(draft, text);
  renameSync(draft, path);
  syncDirectory(dirname(path));
}

function readExisting(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function createFile(path: string, text: string): string {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeDurably(draft, text);
    publish(draft, path, text);
  } finally {
    rmSync(draft, { force: true });
  }
  syncDirectory(dirname(path));
  return readFileSync(path, 'utf8');
}

/** A link appears under its name complete, and fails when the name is taken. */
function publish(draft: string, path: string, text: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    if (!(error instanceof Error && 'code' in error && NO_LINKS.has(String(error.code)))) throw error;
    writeDurably(path, text);
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A system that cannot open directories does not need it. */
function syncDirectory(path: string): void {
  try {
    const directory = openSync(path, 'r');
    fsyncSync(directory);
    closeSync(directory);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
