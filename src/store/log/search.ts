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
import { termOf, type EntryHead, type TermColumn } from './block.ts';
import { VisitReader } from './visit-reader.ts';
import { nextVisits, sparsestFirst, type Visit } from './visits.ts';

/** Blocks that are looked up at a time: most pages are found in a few, and what is rare is looked for in larger steps. */
const FEWEST = 16;
const MOST = 256;
const PATIENCE_MS = 2_000;

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
  const terms = await sparsestFirst(db, termsOf(filter));
  const reader = new VisitReader(db, wanted);
  let last: Visit | undefined;
  for (let most = FEWEST; ; most = Math.min(2 * most, MOST)) {
    const visits = await nextVisits(db, terms, { ...filter, before: before?.at, after: last, most });
    for (const [place, block] of visits.entries()) {
      settle(block.atMax);
      if (items.length > limit) return cut(items, limit);
      if (performance.now() > deadline && last !== undefined)
        return {
          items,
          nextCursor: encodeCursor({ at: block.atMax, seq: Number.MAX_SAFE_INTEGER, chain: '' }),
        };
      last = block;
      const read = await reader.read(visits, place, limit + 1 - items.length - found.length);
      found.push(...read.filter((row) => filter.text === undefined || lineSays(row.line, filter.text)));
    }
    if (visits.length < most) break;
    await nextTurn();
  }
  settle(Number.NEGATIVE_INFINITY);
  return items.length > limit ? cut(items, limit) : { items, nextCursor: null };
}

function cut(items: readonly EntryRow[], limit: number): Page<EntryRow> {
  return { items: items.slice(0, limit), nextCursor: encodeCursor(items[limit - 1]!) };
}

/**
 * Words that are looked up, the narrowest first. A server is of one organization, and what has a tool or an outcome is a
 * decision: what such words would keep out is not worth the look.
 */
function termsOf(filter: EntryFilter): string[] {
  const values = columnsOf(filter);
  const given = (columns: readonly TermColumn[]): string[] =>
    columns.flatMap((column) => (values[column] === undefined ? [] : [termOf(column, values[column])]));
  const narrow = given(['grantId', 'tool', 'rule', 'server', 'outcome']);
  const isOfOne = filter.grant !== undefined || filter.server !== undefined;
  return [
    ...narrow,
    ...(isOfOne ? [] : given(['organization'])),
    ...(narrow.length === 0 ? given(['kind']) : []),
  ];
}

function columnsOf({
  organization,
  server,
  grant,
  tool,
  outcome,
  kind,
  rule,
}: EntryFilter): Partial<Record<TermColumn, string | undefined>> {
  return { organization, server, grantId: grant, tool, outcome, kind, rule };
}

function matcher(filter: EntryFilter, before: Position | undefined): (head: EntryHead) => boolean {
  const values = Object.entries(columnsOf(filter)).filter(([, value]) => value !== undefined) as [
    TermColumn,
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
