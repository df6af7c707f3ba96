/** Where a server and its tools stand in every list that is not narrowed by a better match: by use and by trust. */
import type { CatalogPosition } from '../../store/index.ts';
import type { ServerFacts } from './facts.ts';
import { SOURCES } from './sources.ts';

const BUCKETS = 256;
const IDS = 2 ** 40;

/** Of rows of the same rank the one that was there first stands first. */
export function placeOf(rank: number, id: number): CatalogPosition {
  return (BUCKETS - 1 - rank) * IDS + id;
}

/** 0 to 255. Ten times the use counts twenty; each independent source counts, and more if it has looked at the server itself. */
export function rankOf({ uses, provenance, toolCount }: ServerFacts): number {
  const use = 20 * Math.log10(1 + Math.max(0, uses ?? 0));
  const kinds = new Set(provenance.map(({ source }) => source));
  const trust = [...kinds].reduce((sum, source) => sum + SOURCES[source as keyof typeof SOURCES].trust, 0);
  return Math.min(BUCKETS - 1, Math.round(use + Math.min(80, trust) + (toolCount > 0 ? 10 : 0)));
}
