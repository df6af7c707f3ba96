/**
 * Calls of whole days by what made them, packed: a choice of the first twenty among all tools in a quarter of a year reads
 * a dozen of these instead of half a million sums. Packs of longer spans are made of four of the next shorter one. Pure.
 */
import type { StatChange } from './stat-sums.ts';

export const DAY_MS = 86_400_000;
/** Ms, each four of the one before. */
export const RANK_SPANS = [1, 4, 16, 64].map((days) => days * DAY_MS);
/** Dimensions that have thousands of values. */
export const RANKED = ['grant', 'tool', 'rule'] as const;
export type Ranked = (typeof RANKED)[number];

export interface RankPlace {
  /** Ms; one of RANK_SPANS. */
  readonly span: number;
  /** Ms since the epoch at which it begins; a multiple of its span. */
  readonly bucket: number;
}

/** Calls by server and value. */
export class Ranks {
  readonly #servers = new Map<string, Map<string, number>>();

  add(server: string, value: string, calls: number): void {
    let values = this.#servers.get(server);
    if (values === undefined) this.#servers.set(server, (values = new Map()));
    values.set(value, (values.get(value) ?? 0) + calls);
  }

  /** @param packed what `pack` gave @param wanted servers */
  addPacked(packed: string, wanted: (server: string) => boolean = () => true): void {
    for (const [server, values] of JSON.parse(packed) as [string, (string | number)[]][]) {
      if (!wanted(server)) continue;
      for (let place = 0; place < values.length; place += 2)
        this.add(server, values[place] as string, values[place + 1] as number);
    }
  }

  pack(): string {
    return JSON.stringify([...this.#servers].map(([server, values]) => [server, [...values].flat()]));
  }

  /** Most calls first; equal ones by server and value, so that a page is the same each time. */
  first(most: number): { readonly server: string; readonly value: string }[] {
    const all = [...this.#servers].flatMap(([server, values]) =>
      [...values].map(([value, calls]) => ({ server, value, calls })),
    );
    return all
      .toSorted((a, b) => b.calls - a.calls || order(a.server, b.server) || order(a.value, b.value))
      .slice(0, most);
  }
}

/** Days of a range, as packs that there are and stretches of days that have none. @param from @param to Ms since the epoch; whole days */
export function cover(
  from: number,
  to: number,
  isPacked: (place: RankPlace) => boolean,
): { readonly packs: RankPlace[]; readonly stretches: { readonly from: number; readonly to: number }[] } {
  const packs: RankPlace[] = [];
  const stretches: { from: number; to: number }[] = [];
  const longestFirst = RANK_SPANS.toReversed();
  for (let bucket = from; bucket < to;) {
    const span = longestFirst.find(
      (ms) => bucket % ms === 0 && bucket + ms <= to && isPacked({ span: ms, bucket }),
    );
    if (span !== undefined) packs.push({ span, bucket });
    else if (stretches.at(-1)?.to === bucket) stretches.at(-1)!.to = bucket + DAY_MS;
    else stretches.push({ from: bucket, to: bucket + DAY_MS });
    bucket += span ?? DAY_MS;
  }
  return { packs, stretches };
}

export interface StaleRank extends RankPlace {
  readonly organization: string;
  readonly dimension: Ranked;
}

/** Packs that do not hold any more once these are added, in an order that is the same for every process. */
export function staleRanks(changes: readonly StatChange[]): StaleRank[] {
  const days = new Map<string, { organization: string; bucket: number }>();
  for (const { span, bucket, organization, dimension } of changes)
    if (span === DAY_MS && dimension === '') days.set(`${bucket} ${organization}`, { organization, bucket });
  return [...days.values()].flatMap(({ organization, bucket }) =>
    RANKED.flatMap((dimension) =>
      RANK_SPANS.map((span) => ({ organization, dimension, span, bucket: bucket - (bucket % span) })),
    ),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
