/**
 * What is known of a server and what a source now says of it, made one. A member that a source of more weight gave stays;
 * lists grow. Pure.
 */
import { TOOL_CLASSES } from '../../policy/index.ts';
import type { CleanServer } from './clean-server.ts';
import type { ServerFacts } from './facts.ts';
import { packageKey } from './keys-of.ts';
import { SOURCES, type SourceName } from './sources.ts';
import type { CatalogPackage, Provenance } from './types.ts';

const MOST_SOURCES = 20;
const MOST_LISTED = 20;

const SINGLE = ['title', 'description', 'version', 'language', 'homepage', 'repository', 'uses'] as const;
const LISTS = ['transports', 'packages', 'remotes', 'tools', 'extra'] as const;

export const NOTHING_KNOWN: ServerFacts = {
  title: '',
  description: null,
  version: null,
  transports: [],
  language: null,
  packages: [],
  remotes: [],
  homepage: null,
  repository: null,
  uses: null,
  provenance: [],
  toolCount: 0,
  classes: Object.fromEntries(TOOL_CLASSES.map((one) => [one, 0])) as ServerFacts['classes'],
  severity: null,
  signals: [],
  toolWords: '',
};

export function mergeServer(known: ServerFacts, said: CleanServer): ServerFacts {
  const wins = (member: string): boolean => mayGive(known, said, member);
  const single = Object.fromEntries(
    SINGLE.filter((member) => said[member] !== undefined && wins(member)).map((member) => [
      member,
      said[member],
    ]),
  );
  return {
    ...known,
    ...single,
    transports: [
      ...new Set([
        ...known.transports,
        ...(said.transports ?? []),
        ...(said.remotes ?? []).map(({ type }) => type),
      ]),
    ],
    packages: united(known.packages, said.packages ?? [], packageKey, wins('packages')),
    remotes: united(known.remotes, said.remotes ?? [], ({ url }) => url, wins('remotes')),
    provenance: provenanceOf(known.provenance, said),
  };
}

/** Whether no source of more weight gave this member. */
export function mayGive({ provenance }: ServerFacts, { source }: CleanServer, member: string): boolean {
  const weight = weightOf(source.source);
  return provenance.every((one) => weightOf(one.source) <= weight || !one.gave.includes(member));
}

/** Whether nothing speaks against both being the same server: one registry does not hold it twice, nor under two names. */
export function isCompatible(known: ServerFacts, said: CleanServer): boolean {
  const { source, url } = said.source;
  if (SOURCES[source as SourceName].names && url !== null) {
    const addresses = known.provenance.filter((one) => one.source === source && one.url !== null);
    if (addresses.some((one) => one.url === url)) return true;
    if (addresses.length > 0) return false;
  }
  return !(said.packages ?? []).some((one) => isOther(one, known.packages));
}

/** Packages of two registries that have only their name in common are different servers. */
export function isNamesake(known: ServerFacts, said: CleanServer): boolean {
  const own = new Set(known.packages.map(packageKey));
  const others = (said.packages ?? []).map(packageKey);
  return own.size > 0 && others.length > 0 && !others.some((key) => own.has(key)) && !isListed(known, said);
}

function isListed({ provenance }: ServerFacts, { source: { source, url } }: CleanServer): boolean {
  return url !== null && provenance.some((one) => one.source === source && one.url === url);
}

function isOther(said: CatalogPackage, known: readonly CatalogPackage[]): boolean {
  const same = known.filter(({ registry }) => registry === said.registry);
  return same.length > 0 && same.every((one) => packageKey(one) !== packageKey(said));
}

function united<One>(
  known: readonly One[],
  said: readonly One[],
  keyOf: (one: One) => string,
  replace: boolean,
): One[] {
  const all = new Map(known.map((one) => [keyOf(one), one]));
  for (const one of said) if (replace || !all.has(keyOf(one))) all.set(keyOf(one), one);
  return [...all.values()].slice(0, MOST_LISTED);
}

function provenanceOf(known: readonly Provenance[], said: CleanServer): Provenance[] {
  const gave = [...SINGLE, ...LISTS].filter((member) => said[member] !== undefined);
  const others = known.filter(({ source, url }) => source !== said.source.source || url !== said.source.url);
  return [...others, { ...said.source, gave }].slice(-MOST_SOURCES);
}

function weightOf(source: string): number {
  return SOURCES[source as SourceName].weight;
}
