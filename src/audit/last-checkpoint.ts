/** The newest checkpoint of a stored chain: from here a restart looks for open calls, and up to here retention may remove. */
import type { EntryRow } from '../store/index.ts';
import type { CheckpointBody } from './checkpoint.ts';
import type { EntryStore } from './mover.ts';

/** A checkpoint stands at least this close to the end of a chain, unless the chain was written with other settings. */
const NEAR = 2_000;

/** @throws PortcullisError PC_STORE_UNAVAILABLE */
export async function lastCheckpoint(
  store: Pick<EntryStore, 'entries'>,
  chain: string,
  head: number,
): Promise<(Partial<CheckpointBody> & { readonly seq: number }) | undefined> {
  let last: EntryRow | undefined;
  for await (const row of store.entries.read(chain, Math.max(1, head - NEAR), head))
    if (row.kind === 'checkpoint') last = row;
  return last === undefined
    ? undefined
    : { ...(JSON.parse(last.line) as Partial<CheckpointBody>), seq: last.seq };
}
