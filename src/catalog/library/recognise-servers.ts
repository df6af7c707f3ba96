/** Which servers of the index a batch of imports speaks of, and what they become. */
import type { CatalogBatch } from '../../store/index.ts';
import { slugOf, type CleanServer, type CleanTool } from './clean-server.ts';
import { serverFacts } from './facts.ts';
import type { KnownServer } from './index-rows.ts';
import { keysOf, slugKey } from './keys-of.ts';
import { isCompatible, isNamesake, mayGive, mergeServer, NOTHING_KNOWN } from './merge-server.ts';

/** Paths beside the servers' pages. */
const RESERVED = new Set(['mcp', 'search']);

/** A server of the batch: what was there, and what it becomes. */
export interface Draft {
  readonly before: KnownServer | undefined;
  readonly position: number | undefined;
  after: KnownServer;
  /** The tools that the last source of weight gave. */
  tools: readonly CleanTool[] | undefined;
  readonly keys: Set<string>;
}

/** Each server of the batch once, merged with what is known of it. */
export async function draftsOf(batch: CatalogBatch, servers: readonly CleanServer[]): Promise<Draft[]> {
  const wanted = servers.map((server) => ({ server, keys: keysOf(server), slug: slugFor(server) }));
  const looked = new Set(wanted.flatMap(({ keys, slug }) => [...keys.strong, ...keys.weak, slugKey(slug)]));
  const found = await batch.serversByKey([...looked]);
  const byKey = new Map<string, Draft[]>();
  const rows = await batch.serversById([...new Set(found.map(({ serverId }) => serverId))]);
  const stored = new Map(
    rows.map(({ id, slug, facts, extra, position }) => {
      const before: KnownServer = { id, slug, facts: serverFacts({ facts }), extra };
      return [id, { before, position, after: before, tools: undefined, keys: new Set<string>() } as Draft];
    }),
  );
  for (const { key, serverId } of found) byKey.set(key, [...(byKey.get(key) ?? []), stored.get(serverId)!]);
  let { server: nextServer } = await batch.nextIds();
  const touched = new Set<Draft>();
  for (const { server, keys, slug } of wanted) {
    const draft = recognise(byKey, server, keys, slug) ?? {
      before: undefined,
      position: undefined,
      after: {
        id: nextServer++,
        slug: await freeSlug(batch, byKey, slug),
        facts: NOTHING_KNOWN,
        extra: null,
      },
      tools: undefined,
      keys: new Set<string>(),
    };
    if (server.tools !== undefined && mayGive(draft.after.facts, server, 'tools')) draft.tools = server.tools;
    draft.after = {
      ...draft.after,
      facts: mergeServer(draft.after.facts, server),
      extra: mayGive(draft.after.facts, server, 'extra')
        ? (server.extra ?? draft.after.extra)
        : draft.after.extra,
    };
    for (const key of [...keys.strong, ...keys.weak, slugKey(draft.after.slug)]) {
      draft.keys.add(key);
      const others = byKey.get(key) ?? [];
      if (!others.includes(draft)) byKey.set(key, [...others, draft]);
    }
    touched.add(draft);
  }
  return [...touched];
}

/** The server that a source speaks of, if it is known. A weak sign that names two servers names none. */
function recognise(
  byKey: ReadonlyMap<string, readonly Draft[]>,
  server: CleanServer,
  { strong, weak }: ReturnType<typeof keysOf>,
  slug: string,
): Draft | undefined {
  const find = (key: string): readonly Draft[] =>
    (byKey.get(key) ?? []).filter(({ after }) => isCompatible(after.facts, server));
  for (const key of strong) {
    const [first] = find(key);
    if (first !== undefined) return first;
  }
  for (const key of weak) {
    const [only, ...others] = byKey.get(key) ?? [];
    if (only !== undefined && others.length === 0 && find(key).length === 1) return only;
  }
  return find(slugKey(slug)).find(({ after }) => after.slug === slug && !isNamesake(after.facts, server));
}

function slugFor({ slug, packages, title }: CleanServer): string {
  return slug ?? slugOf(packages?.[0]?.name ?? '') ?? slugOf(title) ?? 'server';
}

async function freeSlug(
  batch: CatalogBatch,
  byKey: ReadonlyMap<string, readonly Draft[]>,
  slug: string,
): Promise<string> {
  for (let first = 1; ; first += 100) {
    const tries = Array.from({ length: 100 }, (_, index) =>
      first + index === 1 ? slug : `${slug}-${first + index}`,
    );
    const taken = new Set(
      await batch.takenSlugs(byKey.has(slugKey(slug)) || RESERVED.has(slug) ? tries : tries.slice(0, 1)),
    );
    const free = tries.find((one) => !taken.has(one) && !byKey.has(slugKey(one)) && !RESERVED.has(one));
    if (free !== undefined) return free;
  }
}
