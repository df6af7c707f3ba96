/** A format, and a file, folder or address: everything that an import needs, opened. */
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { objectOf, type Json } from '../../json.ts';
import type { Store } from '../../store/index.ts';
import { fetchDocument, type AddressGuard } from '../../upstreams/index.ts';
import type { CatalogWriter } from '../library/types.ts';
import { importDocker } from './import-docker.ts';
import { importPackages } from './import-packages.ts';
import { importRegistry } from './import-registry.ts';
import { importScan } from './import-scan.ts';
import { importServerJson } from './import-server-json.ts';
import { importToolsList } from './import-tools-list.ts';
import { invalidImport, LARGEST_DOCUMENT, readJson } from './read-json.ts';
import {
  importState,
  runImport,
  type ImportProgress,
  type ImportRun,
  type ImportState,
} from './run-import.ts';
import type { ImportBatch, ImportFormat, ImportSource } from './types.ts';

const OFFICIAL_REGISTRY = 'https://registry.modelcontextprotocol.io';
const FETCH_MS = 60_000;
const LARGEST_FILE_OF_A_FOLDER = 4 * 1024 * 1024;

export interface ImportOptions extends Pick<ImportRun, 'progress' | 'signal'> {
  readonly store: Pick<Store, 'settings' | 'catalog'>;
  readonly catalog: CatalogWriter;
  readonly format: ImportFormat;
  /** Path, or http(s) address. */
  readonly from: string;
  readonly guard: AddressGuard;
  readonly slug?: string | undefined;
  readonly name?: string | undefined;
  /** From the beginning, whatever was interrupted or imported before. */
  readonly fresh?: boolean | undefined;
  /** Ms since the epoch. */
  readonly now: number;
}

export interface ImportResult extends ImportProgress {
  /** Where an interrupted import went on; null for one from the beginning. */
  readonly resumedAt: string | null;
  /** RFC 3339: only what changed since was asked for. */
  readonly since: string | null;
}

/** @throws PC_IMPORT_INVALID, PC_UPSTREAM_*, PC_STORE_UNAVAILABLE */
export async function openImport(options: ImportOptions): Promise<ImportResult> {
  const { store, format, from, now } = options;
  const run: ImportRun = {
    ...options,
    key: `${format}:${from}`,
    fingerprint: await fingerprintOf(from),
  };
  const state = options.fresh === true ? undefined : await importState({ ...run, store });
  const interrupted = state?.next === null ? undefined : state;
  const since =
    format === 'registry' && state !== undefined && state.completedAt !== null
      ? new Date(state.completedAt).toISOString()
      : undefined;
  const startedAt = interrupted?.startedAt ?? now;
  const batches = await open(options, interrupted, since, { from, at: startedAt });
  const done = await runImport(run, batches, startedAt, state);
  return { ...done, resumedAt: interrupted?.next ?? null, since: since ?? null };
}

async function open(
  { format, from, guard, slug, name }: ImportOptions,
  interrupted: ImportState | undefined,
  since: string | undefined,
  source: ImportSource,
): Promise<AsyncIterable<ImportBatch>> {
  const load = async (place: string): Promise<Json> => readJson(await bytesOf(place, guard), place);
  const next = interrupted?.next ?? undefined;
  switch (format) {
    case 'registry':
      return isAddress(from)
        ? importRegistry({ ...source, load, cursor: next, since })
        : // A page in a file stands for itself.
          importRegistry({
            ...source,
            from: OFFICIAL_REGISTRY,
            load: async () => ({ ...objectOf(await load(from)), metadata: null }),
          });
    case 'server-json':
      return importServerJson(await load(from), source);
    case 'packages':
      return importPackages({ ...source, lines: await linesOf(from, guard), skip: Number(next ?? 0) });
    case 'docker':
      return importDocker({ ...source, ...(await folderOf(from)), after: next });
    case 'tools-list':
      return importToolsList(await load(from), { ...source, slug, name });
    case 'scan':
      return importScan(await load(from), source);
  }
}

function isAddress(from: string): boolean {
  return /^https?:\/\//.test(from);
}

async function bytesOf(place: string, guard: AddressGuard): Promise<Buffer> {
  if (isAddress(place))
    return fetchDocument(place, {
      guard,
      maxBytes: LARGEST_DOCUMENT,
      timeoutMs: FETCH_MS,
      accept: 'application/json',
    });
  return readable(place, async () => {
    if ((await stat(place)).size > LARGEST_DOCUMENT)
      throw invalidImport(`${place} is larger than ${LARGEST_DOCUMENT} bytes.`);
    return readFile(place);
  });
}

/** A list may be larger than memory: it is read line by line. */
async function linesOf(place: string, guard: AddressGuard): Promise<AsyncIterable<string>> {
  if (isAddress(place)) {
    const text = (await bytesOf(place, guard)).toString();
    return (async function* () {
      yield* text.split('\n');
    })();
  }
  await readable(place, () => stat(place));
  return createInterface({ input: createReadStream(place), crlfDelay: Infinity });
}

async function folderOf(place: string) {
  const root = join(place, 'servers');
  const folders = await readable(root, () => readdir(root));
  const read = async (folder: string, file: string): Promise<string | undefined> => {
    const path = join(root, folder, file);
    const size = await stat(path).then(
      (found) => (found.isFile() ? found.size : undefined),
      () => undefined,
    );
    if (size === undefined) return undefined;
    if (size > LARGEST_FILE_OF_A_FOLDER)
      throw invalidImport(`${path} is larger than ${LARGEST_FILE_OF_A_FOLDER} bytes.`);
    return readFile(path, 'utf8');
  };
  return { folders: folders.toSorted(), read };
}

/** A file that has changed is another source. */
async function fingerprintOf(from: string): Promise<string> {
  if (isAddress(from)) return from;
  const { size, mtimeMs } = await readable(from, () => stat(from));
  return `${size} ${mtimeMs}`;
}

async function readable<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw typeof code === 'string' && /^E[A-Z]+$/.test(code)
      ? invalidImport(`${place} cannot be read (${code}).`)
      : error;
  }
}
