/** Facts to rows: columns, search words, and what lists show. */
import { TOOL_CLASSES } from '../../policy/index.ts';
import type { CatalogServerRow, CatalogToolRow, Indexed } from '../../store/index.ts';
import { SEVERITIES } from '../classify/classify.ts';
import { nameWords } from '../classify/tokens.ts';
import { SIGNALS } from '../types.ts';
import { classOf, severityOf, type ServerFacts, type StoredHit, type ToolFacts } from './facts.ts';
import { placeOf, rankOf } from './place.ts';
import { facetWord, wordsOf } from './search-words.ts';
import type { CatalogTool } from './types.ts';

const MOST_TOOL_WORDS = 80;

export interface KnownServer {
  readonly id: number;
  readonly slug: string;
  readonly facts: ServerFacts;
  readonly extra: string | null;
}

export interface KnownTool {
  readonly id: number;
  readonly name: string;
  readonly digest: string;
  readonly facts: ToolFacts;
}

export function serverRow({ id, slug, facts, extra }: KnownServer, now: number): Indexed<CatalogServerRow> {
  const severities = new Set(
    TOOL_CLASSES.filter((one) => facts.classes[one] > 0).map((one) => SEVERITIES[one]),
  );
  return {
    row: {
      id,
      slug,
      position: placeOf(rankOf(facts), id),
      facts: JSON.stringify(facts),
      extra,
      updatedAt: now,
    },
    words: wordsOf(
      [facts.title, slug, ...facts.packages.slice(0, 4).map(({ name }) => name)],
      [facts.description ?? '', facts.toolWords],
      [
        ...TOOL_CLASSES.filter((one) => facts.classes[one] > 0).map((one) => facetWord('class', one)),
        ...[...severities].map((one) => facetWord('severity', one)),
        ...facts.signals.map((one) => facetWord('signal', one)),
        ...sharedFacets(facts),
      ],
    ),
  };
}

export function toolRow(server: KnownServer, tool: KnownTool, now: number): Indexed<CatalogToolRow> {
  const { id, name, digest, facts } = tool;
  const hit: StoredHit = {
    server: { slug: server.slug, title: server.facts.title },
    name,
    title: facts.title,
    class: classOf(facts),
    severity: severityOf(facts),
    signals: facts.assessment.signals,
  };
  return {
    row: {
      id,
      serverId: server.id,
      name,
      position: placeOf(rankOf(server.facts), id),
      class: hit.class,
      digest,
      hit: JSON.stringify(hit),
      facts: JSON.stringify(facts),
      updatedAt: now,
    },
    words: wordsOf(
      [name],
      [server.facts.title, facts.title ?? '', (facts.description ?? '').slice(0, 300)],
      [
        facetWord('class', hit.class),
        facetWord('severity', hit.severity),
        ...hit.signals.map((one) => facetWord('signal', one)),
        ...sharedFacets(server.facts),
      ],
    ),
  };
}

/** What a server's row says of its tools. */
export function summaryOf(
  tools: readonly Pick<KnownTool, 'name' | 'facts'>[],
): Pick<ServerFacts, 'toolCount' | 'classes' | 'severity' | 'signals' | 'toolWords'> {
  const counts = Object.fromEntries(TOOL_CLASSES.map((one) => [one, 0])) as Record<
    CatalogTool['assessment']['class'],
    number
  >;
  for (const { facts } of tools) counts[classOf(facts)] += 1;
  const gravest = TOOL_CLASSES.filter((one) => counts[one] > 0).at(-1);
  const signals = new Set(tools.flatMap(({ facts }) => facts.assessment.signals));
  const words = new Set(tools.slice(0, 500).flatMap(({ name }) => nameWords(name)));
  return {
    toolCount: tools.length,
    classes: counts,
    severity: gravest === undefined ? null : SEVERITIES[gravest],
    signals: SIGNALS.filter((one) => signals.has(one)),
    toolWords: [...words].slice(0, MOST_TOOL_WORDS).join(' '),
  };
}

/** What a server's tools are found by and shown with. When it changes, their rows are written again. */
export function sharedFacts({ facts }: KnownServer): string {
  return JSON.stringify([facts.title, rankOf(facts), sharedFacets(facts)]);
}

function sharedFacets({ transports, language }: ServerFacts): string[] {
  return [
    ...transports.map((one) => facetWord('transport', one)),
    ...(language === null ? [] : [facetWord('language', language)]),
  ];
}

/** How the totals of the whole index change when a server's counts do. */
export function totalsOf(
  facts: Pick<ServerFacts, 'toolCount' | 'classes'>,
  sign: 1 | -1,
): Record<string, number> {
  return {
    tools: sign * facts.toolCount,
    ...Object.fromEntries(TOOL_CLASSES.map((one) => [one, sign * facts.classes[one]])),
  };
}
