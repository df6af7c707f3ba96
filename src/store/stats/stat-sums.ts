/** Decisions as the sums that charts are drawn from. */
import { indexed } from '../log/indexed.ts';
import type { EntryRow } from '../types.ts';
import {
  bucketOf,
  HISTOGRAM_COLUMNS,
  OVERHEAD_BOUNDS,
  OVERHEAD_COLUMNS,
  UPSTREAM_BOUNDS,
} from './histogram.ts';

const SPANS = [60_000, 3_600_000, 86_400_000] as const;
export type Span = (typeof SPANS)[number];
const DIMENSIONS = ['all', '', 'grant', 'tool', 'rule', 'outcome'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export type StatFacts = Pick<
  EntryRow,
  | 'kind'
  | 'at'
  | 'organization'
  | 'server'
  | 'grantId'
  | 'tool'
  | 'rule'
  | 'outcome'
  | 'overheadMs'
  | 'upstreamMs'
>;

export interface StatChange {
  /** Ms; one of SPANS. */
  readonly span: Span;
  /** Ms since the epoch at which it begins. */
  readonly bucket: number;
  readonly organization: string;
  readonly server: string;
  readonly dimension: Dimension;
  readonly value: string;
  calls: number;
  /** Of these: refused by policy, or failed. */
  denied: number;
  failed: number;
  /** One a histogram column. */
  readonly counts: number[];
}

/** Decisions of one minute that agree in every dimension: under load nearly all of a block. */
interface Group {
  /** Start of the minute. */
  readonly bucket: number;
  readonly facts: StatFacts;
  calls: number;
  readonly counts: number[];
}

/** Adds decisions one by one at the price of one look-up; the sums of every dimension and span are made of the groups at the end. */
export class StatSums {
  /** By tool; those of one tool are few. */
  readonly #groups = new Map<string | null, Group[]>();
  readonly #spans: readonly Span[];

  /** @param spans that sums are made for, the shortest first */
  constructor(spans: readonly Span[] = SPANS) {
    this.#spans = spans;
  }

  add(facts: StatFacts): void {
    if (facts.kind !== 'decision') return;
    const { overheadMs, upstreamMs } = facts;
    const group = this.#groupOf(facts);
    group.calls += 1;
    if (overheadMs !== null) group.counts[bucketOf(OVERHEAD_BOUNDS, overheadMs)]! += 1;
    if (upstreamMs !== null)
      group.counts[OVERHEAD_COLUMNS.length + bucketOf(UPSTREAM_BOUNDS, upstreamMs)]! += 1;
  }

  addTo(sums: Map<string, StatChange>): void {
    for (const groups of this.#groups.values()) for (const group of groups) spread(sums, group, this.#spans);
  }

  #groupOf(facts: StatFacts): Group {
    let groups = this.#groups.get(facts.tool);
    if (groups === undefined) this.#groups.set(facts.tool, (groups = []));
    const bucket = facts.at - (facts.at % this.#spans[0]!);
    // From the newest on: decisions come in the order of time.
    for (let place = groups.length - 1; place >= 0; place -= 1) {
      const group = groups[place]!;
      if (group.bucket === bucket && agrees(group.facts, facts)) return group;
    }
    const group = { bucket, facts, calls: 0, counts: HISTOGRAM_COLUMNS.map(() => 0) };
    groups.push(group);
    return group;
  }
}

/** In all but the tool. */
function agrees(some: StatFacts, others: StatFacts): boolean {
  return (
    some.grantId === others.grantId &&
    some.outcome === others.outcome &&
    some.rule === others.rule &&
    some.server === others.server &&
    some.organization === others.organization
  );
}

/** One change a key, in the order of keys: two processes then lock rows in the same order. */
export function changesOf(all: readonly StatSums[]): StatChange[] {
  const sums = new Map<string, StatChange>();
  for (const one of all) one.addTo(sums);
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

function addTo(
  sums: Map<string, StatChange>,
  place: StatPlace,
  { calls, denied, failed, counts }: Pick<StatChange, 'calls' | 'denied' | 'failed' | 'counts'>,
): void {
  const { span, bucket, organization, server, dimension, value } = place;
  // Lengths keep names apart that hold the separator.
  const key = `${dimension}\n${span}\n${bucket}\n${organization.length}\n${organization}\n${server.length}\n${server}\n${value}`;
  const sum = sums.get(key);
  if (sum === undefined) {
    const start = { span, bucket, organization, server, dimension, value };
    sums.set(key, { ...start, calls, denied, failed, counts: [...counts] });
    return;
  }
  sum.calls += calls;
  sum.denied += denied;
  sum.failed += failed;
  for (const [index, count] of counts.entries()) sum.counts[index]! += count;
}

type StatPlace = Omit<StatChange, 'calls' | 'denied' | 'failed' | 'counts'>;

function spread(
  sums: Map<string, StatChange>,
  { facts, calls, counts }: Group,
  spans: readonly Span[],
): void {
  const { at, grantId, tool, rule, outcome } = facts;
  const organization = indexed(facts.organization);
  const values = { all: '', '': '', grant: grantId, tool, rule, outcome };
  const added = {
    calls,
    denied: outcome === 'deny' ? calls : 0,
    failed: outcome === 'error' || outcome === 'unknown' ? calls : 0,
    counts,
  };
  for (const dimension of DIMENSIONS) {
    const value = indexed(values[dimension] ?? '');
    const server = dimension === 'all' ? '' : indexed(facts.server ?? '');
    for (const span of spans)
      addTo(sums, { span, bucket: at - (at % span), organization, server, dimension, value }, added);
  }
}
