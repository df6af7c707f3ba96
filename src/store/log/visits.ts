/** Which blocks can hold what is looked for, and at which positions. */
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../schema.ts';
import { EVERY_BLOCK } from './block.ts';
import { intersection, positionsIn } from './positions.ts';
import { keyOf, type BlockKey, type BlockPlaces } from './read-blocks.ts';

/** How far down its blocks a term is looked at to say how dense it is. */
const SAMPLED = 32;
/** Terms that are looked up for a block. Further ones would cost more than they keep out. */
const LOOKED_UP = 3;

export interface Visit extends BlockPlaces {
  /** Ms since the epoch of its newest entry. */
  readonly atMax: number;
}

export interface VisitRange {
  /** Ms since the epoch: blocks that have entries from then on. */
  readonly from?: number;
  /** Ms since the epoch: blocks that have entries before then. */
  readonly to?: number;
  /** Ms since the epoch: blocks that have entries up to then. */
  readonly before: number | undefined;
  readonly after: Visit | undefined;
  readonly most: number;
}

interface Found extends BlockKey {
  readonly atMax: number;
  readonly positions: readonly (string | null)[];
}

type PostingRow = BlockKey & {
  readonly atMax: number;
  readonly positions: string | null;
} & { readonly [looked: `p${number}`]: string | null };

/**
 * The next blocks by the time of their newest entry. Positions are empty where a block has every term, and no entry all.
 * @param terms that an entry must have, those of the fewest blocks first
 */
export async function nextVisits(db: Db, terms: readonly string[], range: VisitRange): Promise<Visit[]> {
  const [first = EVERY_BLOCK, ...others] = terms.slice(0, LOOKED_UP);
  // In this order: a block that moves from one table to the other in between is seen twice, and not missed.
  const earlier = await earlierVisits(db, first, others, range);
  const found = (await postings(db, first, others, range)).map(({ positions, ...block }) => ({
    ...block,
    positions: inAll(positions),
  }));
  if (earlier.length === 0) return found;
  const known = new Set(found.map(keyOf));
  return [...found, ...earlier.filter((block) => !known.has(keyOf(block)))]
    .toSorted((a, b) => b.atMax - a.atMax || b.firstSeq - a.firstSeq || (a.chain < b.chain ? 1 : -1))
    .slice(0, range.most);
}

/** The terms by how few blocks they are in, as far as the newest blocks tell; where all are in every block, in the order given. */
export async function sparsestFirst(db: Db, terms: readonly string[]): Promise<readonly string[]> {
  if (terms.length < 2) return terms;
  const sampled: { readonly term: string; readonly since: number }[] = [];
  for (const term of terms) {
    const row = await db
      .selectFrom('logPostings')
      .select('atMax')
      .where('term', '=', term)
      .orderBy('atMax', 'desc')
      .limit(1)
      .offset(SAMPLED)
      .executeTakeFirst();
    sampled.push({ term, since: row?.atMax ?? Number.NEGATIVE_INFINITY });
  }
  return sampled
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
    .map(({ term }) => term);
}

async function postings(
  db: Db,
  first: string,
  others: readonly string[],
  range: VisitRange,
): Promise<Found[]> {
  // A block without the term gives null, one whose positions are not known ''.
  const looked = others.map(
    (term, place) => sql`, (
      select coalesce(t.positions, '') from log_postings t
      where t.term = ${term} and t.at_max = b.at_max and t.first_seq = b.first_seq and t.chain = b.chain
    ) as ${sql.raw(`p${place}`)}`,
  );
  const { rows } = await sql<PostingRow>`
    select b.chain, b.first_seq, b.at_max, b.positions${sql.join(looked, sql``)} from log_postings b
    where ${within(first, range)} ${newestFirst(range)}`.execute(db);
  return rows.map((row) => ({
    chain: row.chain,
    firstSeq: row.firstSeq,
    atMax: row.atMax,
    positions: [row.positions ?? '', ...others.map((_, place) => row[`p${place}`]!)],
  }));
}

/** Blocks of an earlier version that have not moved yet. */
async function earlierVisits(
  db: Db,
  first: string,
  others: readonly string[],
  range: VisitRange,
): Promise<Visit[]> {
  const looked = others.map(
    (term) => sql`and exists (
      select 1 from log_terms t
      where t.term = ${term} and t.at_max = b.at_max and t.first_seq = b.first_seq and t.chain = b.chain
    )`,
  );
  const { rows } = await sql<Visit>`
    select b.chain, b.first_seq, b.at_max from log_terms b
    where ${within(first, range)} ${sql.join(looked, sql` `)} ${newestFirst(range)}`.execute(db);
  return rows;
}

function within(term: string, { from, to, before, after }: VisitRange): RawBuilder<unknown> {
  const parts = [
    sql`b.term = ${term}`,
    ...(after === undefined
      ? []
      : [sql`(b.at_max, b.first_seq, b.chain) < (${after.atMax}, ${after.firstSeq}, ${after.chain})`]),
    ...(before === undefined ? [] : [sql`b.at_min <= ${before}`]),
    ...(from === undefined ? [] : [sql`b.at_max >= ${from}`]),
    ...(to === undefined ? [] : [sql`b.at_min < ${to}`]),
  ];
  return sql.join(parts, sql` and `);
}

function newestFirst({ most }: VisitRange): RawBuilder<unknown> {
  return sql`order by b.at_max desc, b.first_seq desc, b.chain desc limit ${most}`;
}

/** `null` among them: the block has none of that term. '' says nothing. */
function inAll(all: readonly (string | null)[]): number[] | undefined {
  let both: number[] | undefined;
  for (const text of all) {
    if (text === null) return [];
    if (text === '') continue;
    const positions = positionsIn(text);
    both = both === undefined ? positions : intersection(both, positions);
    if (both.length === 0) return [];
  }
  return both;
}
