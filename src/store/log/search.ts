/**
 * The log, newest first. Blocks are visited by the time of their newest entry; words say which blocks can hold what is
 * looked for. After two seconds of looking the page ends where the search got to: it may then hold fewer entries than
 * asked for, and its cursor goes on from there.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodeCursor, encodeCursor, pageLimit, type Position } from '../cursor.ts';
import type { EntryFilter, Page, PageRequest } from '../page-types.ts';
import type { Db } from '../schema.ts';
import type { EntryRow } from '../types.ts';
import { EVERY_BLOCK, TERM_COLUMNS, termOf, type EntryHead } from './block.ts';
import { readBlock, type BlockKey } from './read-blocks.ts';

/** Blocks that are looked up at a time; their entries are read one block after the other. */
const BLOCKS = 16;
const PATIENCE_MS = 2_000;

interface Visit extends BlockKey {
  readonly atMax: number;
}

/** @throws PC_API_INVALID, PC_STORE_UNAVAILABLE */
export async function entryPage(db: Db, filter: EntryFilter, request: PageRequest): Promise<Page<EntryRow>> {
  const limit = pageLimit(request);
  const before = decodeCursor(request.cursor);
  const deadline = performance.now() + PATIENCE_MS;
  const wanted = matcher(filter, before);
  /** What was found and may still be overtaken by an entry of a block not yet visited. */
  let found: EntryRow[] = [];
  const items: EntryRow[] = [];
  /** Moves what nothing can overtake any more. */
  const settle = (bound: number): void => {
    found.sort(newestFirst);
    const ready = found.findIndex((row) => row.at <= bound);
    items.push(...found.splice(0, ready === -1 ? found.length : ready));
  };
  let last: Visit | undefined;
  for (;;) {
    const visits = await visit(db, filter, before, last);
    for (const block of visits) {
      settle(block.atMax);
      if (items.length > limit) return cut(items, limit);
      if (performance.now() > deadline && last !== undefined)
        return {
          items,
          nextCursor: encodeCursor({ at: block.atMax, seq: Number.MAX_SAFE_INTEGER, chain: '' }),
        };
      found.push(
        ...(await readBlock(db, block, wanted)).filter(
          (row) => filter.text === undefined || lineSays(row.line, filter.text),
        ),
      );
      last = block;
    }
    if (visits.length < BLOCKS) break;
    await nextTurn();
  }
  settle(Number.NEGATIVE_INFINITY);
  return items.length > limit ? cut(items, limit) : { items, nextCursor: null };
}

function cut(items: readonly EntryRow[], limit: number): Page<EntryRow> {
  return { items: items.slice(0, limit), nextCursor: encodeCursor(items[limit - 1]!) };
}

/** The next blocks that can hold something, by the time of their newest entry. */
function visit(
  db: Db,
  filter: EntryFilter,
  before: Position | undefined,
  after: Visit | undefined,
): Promise<Visit[]> {
  const [first = EVERY_BLOCK, ...others] = termsOf(filter);
  let query = db
    .selectFrom('logTerms as b')
    .select(['b.chain', 'b.firstSeq', 'b.atMax'])
    .where('b.term', '=', first)
    .orderBy('b.atMax', 'desc')
    .orderBy('b.firstSeq', 'desc')
    .orderBy('b.chain', 'desc')
    .limit(BLOCKS);
  for (const term of others)
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('logTerms as t')
          .select('t.chain')
          .where('t.term', '=', term)
          .whereRef('t.atMax', '=', 'b.atMax')
          .whereRef('t.firstSeq', '=', 'b.firstSeq')
          .whereRef('t.chain', '=', 'b.chain'),
      ),
    );
  if (after !== undefined)
    query = query.where((eb) =>
      eb(
        eb.refTuple('b.atMax', 'b.firstSeq', 'b.chain'),
        '<',
        eb.tuple(after.atMax, after.firstSeq, after.chain),
      ),
    );
  if (before !== undefined) query = query.where('b.atMin', '<=', before.at);
  if (filter.from !== undefined) query = query.where('b.atMax', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('b.atMin', '<', filter.to);
  return query.execute();
}

/** The narrowest first: a grant has one server, and an organization or a kind is in most blocks. */
function termsOf(filter: EntryFilter): string[] {
  const values = columnsOf(filter);
  return (['grantId', 'tool', 'rule', 'server', 'outcome', 'organization', 'kind'] as const).flatMap(
    (column) => (values[column] === undefined ? [] : [termOf(column, values[column])]),
  );
}

function columnsOf({
  organization,
  server,
  grant,
  tool,
  outcome,
  kind,
  rule,
}: EntryFilter): Partial<Record<(typeof TERM_COLUMNS)[number], string | undefined>> {
  return { organization, server, grantId: grant, tool, outcome, kind, rule };
}

function matcher(filter: EntryFilter, before: Position | undefined): (head: EntryHead) => boolean {
  const values = Object.entries(columnsOf(filter)).filter(([, value]) => value !== undefined) as [
    (typeof TERM_COLUMNS)[number],
    string,
  ][];
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = filter;
  return (head) =>
    head.at >= from &&
    head.at < to &&
    values.every(([column, value]) => head[column] === value) &&
    (before === undefined || newestFirst(before, head) < 0);
}

/** Whether an entry has the words, in whatever case. @param line its JSON text */
export function lineSays(line: string, text: string): boolean {
  return line.toLowerCase().includes(JSON.stringify(text).slice(1, -1).toLowerCase());
}

function newestFirst(a: Position, b: Position): number {
  return b.at - a.at || b.seq - a.seq || (a.chain < b.chain ? 1 : a.chain > b.chain ? -1 : 0);
}
