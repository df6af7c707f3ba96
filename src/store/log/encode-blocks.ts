/** Blocks from rows: what recovery and imports bring. */
import type { CounterChange } from '../backend.ts';
import type { EntryRow } from '../types.ts';
import { BLOCK_ENTRIES, type Block } from './block.ts';
import { BlockBuilder } from './block-builder.ts';

/** Blocks of rows of one chain in ascending order; a gap in the positions begins a new one. */
export function encodeBlocks(
  rows: readonly EntryRow[],
  changes: readonly CounterChange[] = [],
): readonly Block[] {
  const bySeq = new Map<number, CounterChange[]>();
  for (const change of changes) bySeq.set(change.seq, [...(bySeq.get(change.seq) ?? []), change]);
  const builders: BlockBuilder[] = [];
  let last: EntryRow | undefined;
  for (const row of rows) {
    let builder = builders.at(-1);
    if (builder === undefined || row.seq !== last!.seq + 1 || builder.size >= BLOCK_ENTRIES) {
      builder = new BlockBuilder(row.chain, row.seq);
      builders.push(builder);
    }
    builder.add(row);
    builder.addLines(Buffer.from(`${row.line}\n`));
    for (const change of bySeq.get(row.seq) ?? []) builder.addChange(change);
    last = row;
  }
  return builders.map((builder) => builder.build());
}
