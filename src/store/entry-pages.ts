/**
 * The log, newest first. An index serves time, server and grant; other filters are applied to a bounded stretch of the log
 * at a time, with calls served in between. After two seconds of looking the page ends where the search got to: it may then
 * hold fewer entries than asked for, and its cursor goes on from there.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import { decodeCursor, encodeCursor, pageLimit } from './cursor.ts';
import type { Position } from './cursor.ts';
import { indexed } from './entry-columns.ts';
import type { EntryFilter, Page, PageRequest } from './page-types.ts';
import type { Db, Tables } from './schema.ts';
import type { EntryRow } from './types.ts';

/** Entries of one stretch: some milliseconds in SQLite. */
const STRETCH = 4_000;
const PATIENCE_MS = 2_000;

type Condition = (eb: ExpressionBuilder<Tables, 'entries'>) => ExpressionWrapper<Tables, 'entries', SqlBool>;

interface Search {
  /** Served by an index. */
  readonly narrow: Condition;
  /** Left to compare row by row; undefined when there is nothing left. */
  readonly rest: Condition | undefined;
}

/** @throws PC_API_INVALID, PC_STORE_UNAVAILABLE */
export async function entryPage(db: Db, filter: EntryFilter, request: PageRequest): Promise<Page<EntryRow>> {
  const limit = pageLimit(request);
  const search = searchOf(filter);
  const deadline = performance.now() + PATIENCE_MS;
  const items: EntryRow[] = [];
  let before = decodeCursor(request.cursor);
  for (;;) {
    const end = search.rest === undefined ? undefined : await stretchEnd(db, search, before);
    items.push(...(await stretch(db, search, before, end, limit + 1 - items.length)));
    const last = items[limit - 1];
    if (last !== undefined && items.length > limit)
      return { items: items.slice(0, limit), nextCursor: encodeCursor(last) };
    if (end === undefined) return { items, nextCursor: null };
    if (performance.now() > deadline) return { items, nextCursor: encodeCursor(end) };
    before = end;
    await nextTurn();
  }
}

/** The last position of the stretch that follows `before`; undefined when it is the end of the log. */
function stretchEnd(db: Db, { narrow }: Search, before: Position | undefined): Promise<Position | undefined> {
  return newestFirst(db, narrow, before)
    .select(['at', 'seq', 'chain'])
    .limit(1)
    .offset(STRETCH - 1)
    .executeTakeFirst();
}

function stretch(
  db: Db,
  { narrow, rest }: Search,
  before: Position | undefined,
  end: Position | undefined,
  limit: number,
): Promise<EntryRow[]> {
  let query = newestFirst(db, narrow, before).selectAll().limit(limit);
  if (rest !== undefined) query = query.where(rest);
  if (end !== undefined)
    query = query.where((eb) => eb(place(eb), '>=', eb.tuple(end.at, end.seq, end.chain)));
  return query.execute();
}

function newestFirst(db: Db, narrow: Condition, before: Position | undefined) {
  let query = db.selectFrom('entries').where(narrow);
  if (before !== undefined)
    query = query.where((eb) => eb(place(eb), '<', eb.tuple(before.at, before.seq, before.chain)));
  return query.orderBy('at', 'desc').orderBy('seq', 'desc').orderBy('chain', 'desc');
}

function place(eb: ExpressionBuilder<Tables, 'entries'>) {
  return eb.refTuple('at', 'seq', 'chain');
}

function searchOf({ organization, server, grant, tool, outcome, kind, from, to }: EntryFilter): Search {
  // A grant has one server, so its index is the narrower one.
  const byGrant = grant !== undefined;
  const others = Object.entries({
    organization,
    tool,
    outcome,
    kind,
    server: byGrant ? server : undefined,
  }).filter((pair): pair is [keyof Tables['entries'], string] => pair[1] !== undefined);
  const narrow: Condition = (eb) =>
    eb.and([
      ...(byGrant ? [eb('grantId', '=', indexed(grant))] : []),
      ...(!byGrant && server !== undefined ? [eb('server', '=', indexed(server))] : []),
      ...(from === undefined ? [] : [eb('at', '>=', from)]),
      ...(to === undefined ? [] : [eb('at', '<', to)]),
    ]);
  // Behind a function no index serves the column, and the one that fits the order is taken.
  const rest: Condition = (eb) =>
    eb.and(others.map(([name, value]) => eb(sql`coalesce(${sql.ref(name)}, '')`, '=', indexed(value))));
  return { narrow, rest: others.length === 0 ? undefined : rest };
}
