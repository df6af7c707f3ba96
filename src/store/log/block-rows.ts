/** Rows of the tables of the log, as both databases take them. */
import type { Tables } from '../schema.ts';
import type { Block } from './block.ts';

export function blockRow(block: Block): Tables['logBlocks'] {
  const { chain, firstSeq, lastSeq, atMin, atMax, heads, lines } = block;
  return { chain, firstSeq, lastSeq, atMin, atMax, heads, lines };
}

export function termRows({ chain, firstSeq, atMin, atMax, terms }: Block): Tables['logTerms'][] {
  return terms.map((term) => ({ term, atMax, firstSeq, chain, atMin }));
}

export function idRows({ chain, firstSeq, ids }: Block): Tables['logIds'][] {
  return ids.map((id) => ({ id, chain, firstSeq }));
}
