import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SqliteHandle } from './handle.ts';

/** Pages that are given back at a time; calls are served in between. */
const STEP = 256;
/** What may stay free: pages that are used again soon need not be given back first. */
const SPARE = 0.1;

/** Shortens the file by its free pages. A file from before this was possible keeps its size, and its free pages are used again. */
export async function reclaimPages(handle: SqliteHandle): Promise<void> {
  let [free, pages] = await measure(handle);
  while (free > pages * SPARE) {
    await inTurn(handle, () => handle.whenFree(`PRAGMA incremental_vacuum(${STEP})`));
    const before = free;
    [free, pages] = await measure(handle);
    if (free >= before) return;
    await nextTurn();
  }
}

async function measure(handle: SqliteHandle): Promise<[free: number, pages: number]> {
  return inTurn(handle, async () => [number(handle, 'freelist_count'), number(handle, 'page_count')]);
}

function number(handle: SqliteHandle, pragma: string): number {
  const [row] = handle.prepare(`PRAGMA ${pragma}`).run([]).rows;
  return Number(Object.values(row as Record<string, unknown>)[0]);
}

async function inTurn<T>(handle: SqliteHandle, work: () => Promise<T>): Promise<T> {
  const release = await handle.lock();
  try {
    return await work();
  } finally {
    release();
  }
}
