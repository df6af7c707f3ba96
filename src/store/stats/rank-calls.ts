/** Packs the calls of days that are over. What arrives for such a day later takes its packs away, and they are made again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Backend } from '../backend.ts';
import type { Db, Tx } from '../schema.ts';
import { DAY_MS, RANK_SPANS, RANKED, Ranks, type Ranked, type RankPlace } from './ranks.ts';

/** How long after its end a day is packed, in ms: calls that were under way have been recorded then. */
const SETTLED_MS = 3_600_000;

interface Subject {
  readonly organization: string;
  readonly dimension: Ranked;
}

/** Takes half of the time that there is, so that others get the database. @throws PC_STORE_UNAVAILABLE */
export async function rankCalls({ db, dialect }: Backend, now: number, signal?: AbortSignal): Promise<void> {
  const settled = now - SETTLED_MS;
  const end = settled - (settled % DAY_MS);
  for (
    let organization = await nextOrganization(db, '');
    organization !== undefined;
    organization = await nextOrganization(db, organization)
  ) {
    const first = await firstDay(db, organization);
    if (first === undefined) continue;
    for (const dimension of RANKED) {
      const subject = { organization, dimension };
      const places = await db
        .selectFrom('callRanks')
        .select(['span', 'bucket'])
        .where('organization', '=', organization)
        .where('dimension', '=', dimension)
        .execute();
      const known = new Set(places.map(keyOf));
      for (const place of missing(first, end, known)) {
        if (signal?.aborted === true) return;
        const began = performance.now();
        await db.transaction().execute(async (tx) => {
          // Who adds sums takes packs away first, and so either waits or is waited for.
          if (dialect === 'postgres')
            await sql`lock table call_ranks in share row exclusive mode`.execute(tx);
          await packOne(tx, subject, place);
        });
        await sleep(performance.now() - began);
      }
    }
  }
}

/** In order, by the index: there are few, and there may be millions of sums of each. */
async function nextOrganization(db: Db, after: string): Promise<string | undefined> {
  const { rows } = await sql<{ readonly next: string | null }>`
    select min(organization) as next from call_stats where organization > ${after}`.execute(db);
  return rows[0]?.next ?? undefined;
}

/** Ms since the epoch; undefined without calls. */
async function firstDay(db: Db, organization: string): Promise<number | undefined> {
  const { rows } = await sql<{ readonly first: number | null }>`
    select min(bucket) as first from call_stats
    where organization = ${organization} and dimension = 'all' and span = ${DAY_MS}`.execute(db);
  return rows[0]?.first ?? undefined;
}

/** In an order in which each can be made of those before. */
function missing(first: number, end: number, known: ReadonlySet<string>): RankPlace[] {
  return RANK_SPANS.flatMap((span) => {
    const places: RankPlace[] = [];
    for (let bucket = Math.ceil(first / span) * span; bucket + span <= end; bucket += span)
      if (!known.has(keyOf({ span, bucket }))) places.push({ span, bucket });
    return places;
  });
}

async function packOne(tx: Tx, { organization, dimension }: Subject, place: RankPlace): Promise<void> {
  const { span, bucket } = place;
  const ranks = new Ranks();
  if (span === DAY_MS) {
    const { rows } = await sql<{ readonly server: string; readonly value: string; readonly calls: number }>`
      select server, value, calls from call_stats
      where organization = ${organization} and dimension = ${dimension}
        and span = ${DAY_MS} and bucket = ${bucket}`.execute(tx);
    for (const { server, value, calls } of rows) ranks.add(server, value, Number(calls));
  } else {
    const parts = await tx
      .selectFrom('callRanks')
      .select('packed')
      .where('organization', '=', organization)
      .where('dimension', '=', dimension)
      .where('span', '=', span / 4)
      .where('bucket', '>=', bucket)
      .where('bucket', '<', bucket + span)
      .execute();
    // One was taken away meanwhile.
    if (parts.length < 4) return;
    for (const { packed } of parts) ranks.addPacked(packed);
  }
  await tx
    .insertInto('callRanks')
    .values({ organization, dimension, ...place, packed: ranks.pack() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function keyOf({ span, bucket }: RankPlace): string {
  return `${span} ${bucket}`;
}
