/**
 * Entries that follow each other in one chain, as one row: the facts that searches compare, in columns over a list of
 * words, and the exact lines. Pure.
 */
import type { CounterChange } from '../backend.ts';
import type { StatSums } from '../stats/stat-sums.ts';
import type { EntryRow } from '../types.ts';
import { indexed } from './indexed.ts';
import { linesOf } from './lines-of.ts';
import { unpackLines } from './packed-lines.ts';
import type { Posting } from './postings.ts';

/** Entries from which a block is full: what one look into it may cost. */
export const BLOCK_ENTRIES = 500;

export const COLUMNS = [
  'kind',
  'id',
  'organization',
  'server',
  'grantId',
  'tool',
  'method',
  'outcome',
  'rule',
] as const;
export type Column = (typeof COLUMNS)[number];
/** Columns by which blocks are found. */
export const TERM_COLUMNS = ['kind', 'organization', 'server', 'grantId', 'tool', 'outcome', 'rule'] as const;
export type TermColumn = (typeof TERM_COLUMNS)[number];

/** An entry without its line. */
export type EntryHead = Omit<EntryRow, 'line'>;

export interface Block {
  readonly chain: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly atMin: number;
  readonly atMax: number;
  /** JSON of `Heads`. */
  readonly heads: string;
  /** As `packLines` gives them. */
  readonly lines: Buffer;
  readonly postings: readonly Posting[];
  readonly ids: readonly string[];
  /** What its entries change in all, one a counter bucket. */
  readonly changes: readonly Omit<CounterChange, 'seq'>[];
  /** What its decisions add to the sums that charts are drawn from. */
  readonly stats: StatSums;
}

export interface Heads {
  readonly words: readonly string[];
  /** One list for each of COLUMNS: places in `words`, −1 for null. */
  readonly columns: readonly (readonly number[])[];
  readonly at: readonly number[];
  readonly overheadMs: readonly (number | null)[];
  readonly upstreamMs: readonly (number | null)[];
}

/** The entries of a block, in order. Lines that have no head were put there by somebody else: they count, with empty columns. */
export function decodeBlock(
  chain: string,
  firstSeq: number,
  { heads, lines }: { readonly heads: string; readonly lines: Uint8Array },
  wanted: (head: EntryHead) => boolean = () => true,
): EntryRow[] {
  const known = decodeHeads(chain, firstSeq, heads);
  const headAt = (place: number): EntryHead => known[place] ?? { ...NO_HEAD, chain, seq: firstSeq + place };
  return linesOf(unpackLines(lines), { has: (place) => wanted(headAt(place)) }).flatMap((line, place) => ({
    ...headAt(place),
    line,
  }));
}

/** The entries of a block without their lines. @param positions those wanted; all unless given */
export function decodeHeads(
  chain: string,
  firstSeq: number,
  text: string,
  positions?: readonly number[],
): EntryHead[] {
  return headsAt(chain, firstSeq, JSON.parse(text) as Heads, positions);
}

export function headsAt(
  chain: string,
  firstSeq: number,
  { words, columns, at, overheadMs, upstreamMs }: Heads,
  positions: readonly number[] = [...at.keys()],
): EntryHead[] {
  const places = Object.fromEntries(COLUMNS.map((column, place) => [column, columns[place]!])) as Record<
    Column,
    readonly number[]
  >;
  return positions.map((index) => {
    const word = (column: Column): string | null => words[places[column][index]!] ?? null;
    return {
      chain,
      seq: firstSeq + index,
      kind: word('kind') ?? '',
      id: word('id') ?? '',
      at: at[index]!,
      organization: word('organization') ?? '',
      server: word('server'),
      grantId: word('grantId'),
      tool: word('tool'),
      method: word('method'),
      outcome: word('outcome'),
      rule: word('rule'),
      overheadMs: overheadMs[index] ?? null,
      upstreamMs: upstreamMs[index] ?? null,
    };
  });
}

const NO_HEAD: Omit<EntryHead, 'chain' | 'seq'> = {
  kind: '',
  id: '',
  at: 0,
  organization: '',
  server: null,
  grantId: null,
  tool: null,
  method: null,
  outcome: null,
  rule: null,
  overheadMs: null,
  upstreamMs: null,
};

/** The term that every block has. */
export const EVERY_BLOCK = 'entry';

/** How long a term may be: PostgreSQL bounds what an index takes. */
const TERM_CHARACTERS = 200;

/** The word by which blocks with this value are found; different long values may share one. */
export function termOf(column: TermColumn, value: string): string {
  return `${column}:${indexed(value).slice(0, TERM_CHARACTERS)}`;
}
