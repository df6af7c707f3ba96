/**
 * The files of a spool. A segment is named after the position of its first entry, so a later segment says where the one before
 * it ends: what a failed write left behind there is void, even if it could not be cut off.
 */
import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from './spool-file.ts';
import type { OpenSpoolFile, SpoolFile } from './spool-file.ts';

const NAME = /^(\d{16})\.(\d{6})\.jsonl$/;
const CHAIN_FILE = 'chain';

export interface Segment {
  readonly path: string;
  readonly firstSeq: number;
  readonly generation: number;
}

/** A segment written by this process. Grows by whole groups. */
export interface OpenSegment extends Segment {
  readonly file: SpoolFile;
  lastSeq: number;
  /** Durable bytes. */
  bytes: number;
}

/** Segments in order of position; those of one position in order of creation. A missing directory has none. */
export async function listSegments(directory: string): Promise<Segment[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match === null
        ? []
        : [{ path: join(directory, name), firstSeq: Number(match[1]), generation: Number(match[2]) }];
    })
    .toSorted((a, b) => a.firstSeq - b.firstSeq || a.generation - b.generation);
}

/** Which chain the spool in this directory writes; undefined when none ever did. */
export async function chainOfSpool(directory: string): Promise<string | undefined> {
  try {
    const name = (await readFile(join(directory, CHAIN_FILE), 'utf8')).trim();
    return name === '' ? undefined : name;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** It appears complete or not at all: a segment whose chain is not known cannot be used after a crash. */
async function nameChain(directory: string, chain: string): Promise<void> {
  const draft = join(directory, `${CHAIN_FILE}.new`);
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${chain}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(directory, CHAIN_FILE));
}

/** Creates the next segment and makes its name durable. Rejects with the system's error. */
export async function createSegment(
  directory: string,
  chain: string,
  firstSeq: number,
  openFile: OpenSpoolFile,
): Promise<OpenSegment> {
  await makeDirectory(directory);
  if ((await chainOfSpool(directory)) === undefined) await nameChain(directory, chain);
  const before = (await listSegments(directory)).findLast((segment) => segment.firstSeq === firstSeq);
  const generation = before === undefined ? 0 : before.generation + 1;
  const path = join(
    directory,
    `${String(firstSeq).padStart(16, '0')}.${String(generation).padStart(6, '0')}.jsonl`,
  );
  const file = await openFile(path);
  try {
    await syncDirectory(directory);
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
  return { path, firstSeq, generation, file, lastSeq: firstSeq - 1, bytes: 0 };
}

/** Recursive creation reports a read-only file system as a missing directory, so the plain form is asked first. */
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') await mkdir(path, { recursive: true, mode: 0o700 });
    else if (code !== 'EEXIST') throw error;
  }
}

/** Removes a segment; one that is gone already is fine. */
export async function removeSegment(segment: Segment): Promise<void> {
  await unlink(segment.path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
