/** Finds the calls of a chain that were sent and never got a decision. Reads from where the last checkpoint says to look, not from the start. */
import type { EntryRow } from '../store/index.ts';
import { lastCheckpoint } from './last-checkpoint.ts';
import type { EntryStore } from './mover.ts';

/** The intents without a decision up to position `head`, oldest first. @throws PortcullisError PC_STORE_UNAVAILABLE */
export async function openIntents(store: EntryStore, chain: string, head: number): Promise<EntryRow[]> {
  const from = (await lastCheckpoint(store, chain, head))?.openFrom ?? 1;
  const open = new Map<string, EntryRow>();
  for await (const row of store.entries.read(chain, from, head)) {
    if (row.kind === 'intent') open.set(row.id, row);
    else if (row.kind === 'decision') open.delete(row.id);
  }
  return [...open.values()];
}
