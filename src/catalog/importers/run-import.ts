/**
 * An import from its start or from where it was interrupted: each batch is stored, then where to go on is noted, so that
 * whatever ends the process loses one batch at most, and storing that one again changes nothing.
 */
import type { Problem } from '../../errors.ts';
import type { Store } from '../../store/index.ts';
import type { CatalogWriter } from '../library/types.ts';
import type { ImportBatch } from './types.ts';

export interface ImportProgress {
  /** Stored so far, in this run. */
  readonly servers: number;
  readonly tools: number;
  /** Entries that were left out, in this run. */
  readonly problems: number;
}

export interface ImportRun {
  readonly store: Pick<Store, 'settings' | 'catalog'>;
  readonly catalog: CatalogWriter;
  /** What is imported: format and place. An interrupted import of the same goes on. */
  readonly key: string;
  /** Says that the source is the one that was interrupted; another one starts from its beginning. */
  readonly fingerprint: string;
  readonly progress?: ((progress: ImportProgress, problems: readonly Problem[]) => void) | undefined;
  /** Aborted when the import is to end after the batch at hand. */
  readonly signal?: AbortSignal | undefined;
}

export interface ImportState {
  readonly fingerprint: string;
  /** Where an interrupted import goes on; null after a whole one. */
  readonly next: string | null;
  /** Ms since the epoch: when the last whole import began. */
  readonly completedAt: number | null;
  /** When the one that is not finished began. */
  readonly startedAt: number;
}

/** @returns undefined when there was none, or of another source */
export async function importState({
  store,
  key,
  fingerprint,
}: Pick<ImportRun, 'store' | 'key' | 'fingerprint'>): Promise<ImportState | undefined> {
  const text = await store.settings.get(setting(key));
  const state = text === undefined ? undefined : (JSON.parse(text) as ImportState);
  return state?.fingerprint === fingerprint ? state : undefined;
}

/**
 * @param startedAt when this import began, or the interrupted one that it goes on with
 * @throws what the importer and the database throw; what was stored stays
 */
export async function runImport(
  run: ImportRun,
  batches: AsyncIterable<ImportBatch>,
  startedAt: number,
  before: ImportState | undefined,
): Promise<ImportProgress> {
  const { store, catalog, key, fingerprint, progress, signal } = run;
  let [servers, tools, problems] = [0, 0, 0];
  const note = (next: string | null): Promise<void> => {
    const completedAt = next === null ? startedAt : (before?.completedAt ?? null);
    return store.settings.set(
      setting(key),
      JSON.stringify({ fingerprint, next, completedAt, startedAt } satisfies ImportState),
    );
  };
  for await (const batch of batches) {
    await catalog.put(batch.servers);
    servers += batch.servers.length;
    tools += batch.servers.reduce((sum, one) => sum + (one.tools ?? one.assessed ?? []).length, 0);
    problems += batch.problems.length;
    progress?.({ servers, tools, problems }, batch.problems);
    await note(batch.next);
    if (signal?.aborted === true) break;
  }
  if (servers > MANY) await store.catalog.tidy();
  return { servers, tools, problems };
}

/** Fewer change nothing about how searches are best planned. */
const MANY = 500;

function setting(key: string): string {
  return `catalog.import.${key}`;
}
