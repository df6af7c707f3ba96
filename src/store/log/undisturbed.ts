/** Readings of the log by several statements, beside blocks that are brought together meanwhile. */
import { readSetting } from '../repositories/settings.ts';
import type { Db } from '../schema.ts';

/** Changes in each transaction that brings blocks together. */
export const MERGES = 'log.merges';

/** What `read` gives when nothing was brought together while it ran: between two statements entries change their block. */
export async function undisturbed<Result>(db: Db, read: () => Promise<Result>): Promise<Result> {
  for (;;) {
    const before = await readSetting(db, MERGES);
    const result = await read();
    if ((await readSetting(db, MERGES)) === before) return result;
  }
}
