/** Reads and writes `mcp.lock.json`. */
import { readFile, writeFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import {
  LOCK_FILE,
  lockServer,
  printLock,
  serverKeys,
  type LockFile,
  type ScannedServer,
} from '../../catalog/index.ts';
import { PortcullisError } from '../../errors.ts';

/** @throws InvalidArgumentError when there is none, PC_CONFIG_INVALID when it is not one */
export async function readLockFile(path: string): Promise<LockFile> {
  const lock = await readIfThere(path);
  if (lock === undefined) throw new InvalidArgumentError(`${path} does not exist; --update-lock writes it`);
  return lock;
}

/**
 * Servers that answered are written anew. Others stay as they are, unless every server that there is was looked for.
 * @returns how many were written
 */
export async function updateLockFile(
  path: string,
  servers: readonly ScannedServer[],
  complete: boolean,
): Promise<number> {
  const before = (await readIfThere(path))?.servers ?? {};
  const keys = serverKeys(servers.map(({ stated }) => stated));
  const present = new Set(keys.values());
  const kept = Object.entries(before).filter(([key]) => !complete || present.has(key));
  const fresh = servers.flatMap(({ stated, catalogue }) =>
    catalogue === undefined ? [] : [[keys.get(stated)!, lockServer(stated, catalogue)] as const],
  );
  await writeFile(path, printLock({ version: 1, servers: Object.fromEntries([...kept, ...fresh]) }));
  return fresh.length;
}

async function readIfThere(path: string): Promise<LockFile | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw invalid(path, (error as Error).message);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(path, 'it is not JSON');
  }
  const parsed = LOCK_FILE.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(path, `/${issue?.path.map(String).join('/') ?? ''}: ${issue?.message ?? ''}`);
}

function invalid(path: string, detail: string): PortcullisError {
  return new PortcullisError('PC_CONFIG_INVALID', { detail: `${path} is no lock file (${detail})` });
}
