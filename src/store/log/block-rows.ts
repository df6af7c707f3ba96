/** Rows of the tables of the log, as both databases take them. */
import type { Tables } from '../schema.ts';
import type { Block } from './block.ts';

export function blockRow(block: Block): Tables['logBlocks'] {
  const { chain, firstSeq, lastSeq, atMin, atMax, heads, lines } = block;
  return { chain, firstSeq, lastSeq, atMin, atMax, heads, lines };
}

export function postingRows({
  chain,
  firstSeq,
  atMin,
  atMax,
  postings,
}: Pick<Block, 'chain' | 'firstSeq' | 'atMin' | 'atMax' | 'postings'>): Tables['logPostings'][] {
  return postings.map(({ term, positions }) => ({ term, atMax, firstSeq, chain, atMin, positions }));
}

export function idRows({ chain, firstSeq, ids }: Block): Tables['logIds'][] {
  return ids.map((id) => ({ id, chain, firstSeq }));
}
