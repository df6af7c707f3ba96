/**
 * Adds servers to the index: each is recognised by its slug, packages, remotes or repository, merged with what is known
 * of it, and written with its tools. Judging happens before the transaction, so that others wait for writing only.
 */
import type { ToolClass } from '../../policy/index.ts';
import type { CatalogBatch, CatalogToolRow, Store } from '../../store/index.ts';
import { cleanServer, type CleanServer, type CleanTool } from './clean-server.ts';
import { toolFacts } from './facts.ts';
import { serverRow, sharedFacts, summaryOf, toolRow, totalsOf, type KnownTool } from './index-rows.ts';
import { draftsOf } from './recognise-servers.ts';
import type { ImportedServer } from './types.ts';

/** Servers of one transaction. */
const SLICE = 100;

/** @throws PC_IMPORT_INVALID, PC_STORE_UNAVAILABLE; servers of earlier slices are kept then */
export async function putServers(
  store: Pick<Store, 'catalog'>,
  servers: readonly ImportedServer[],
  now: number,
  lasting = true,
): Promise<void> {
  for (let start = 0; start < servers.length; start += SLICE) {
    const clean: CleanServer[] = [];
    for (const server of servers.slice(start, start + SLICE)) clean.push(await cleanServer(server));
    await store.catalog.batch((batch) => putClean(batch, clean, now), lasting);
  }
}

async function putClean(batch: CatalogBatch, servers: readonly CleanServer[], now: number): Promise<void> {
  const drafts = await draftsOf(batch, servers);
  const replaced = drafts.filter(
    ({ before, after, tools }) =>
      before !== undefined && (tools !== undefined || sharedFacts(before) !== sharedFacts(after)),
  );
  const ids = replaced.map(({ after }) => after.id);
  const stored = byServer(await batch.toolsOf(ids));
  const overrides = byServer(await batch.overridesOf(ids));
  let { tool: nextTool } = await batch.nextIds();
  const totals: Record<string, number> = {};
  const add = (changes: Readonly<Record<string, number>>): void => {
    for (const [name, change] of Object.entries(changes)) totals[name] = (totals[name] ?? 0) + change;
  };
  const servedRows = [];
  const toolRows = [];
  const removed: CatalogToolRow[] = [];
  for (const draft of drafts) {
    const { before, position, tools } = draft;
    const old = stored.get(draft.after.id) ?? [];
    const byName = new Map(old.map((row) => [row.name, row]));
    const overriding = new Map(
      (overrides.get(draft.after.id) ?? []).map((one) => [one.tool, one.class as ToolClass]),
    );
    const known = tools?.map((tool) =>
      toolOf(tool, byName.get(tool.name)?.id ?? nextTool++, overriding.get(tool.name)),
    );
    if (known !== undefined) {
      draft.after = { ...draft.after, facts: { ...draft.after.facts, ...summaryOf(known) } };
      const names = new Set(known.map(({ name }) => name));
      removed.push(...old.filter(({ name }) => !names.has(name)));
    }
    const { after } = draft;
    const isShared = before !== undefined && sharedFacts(before) === sharedFacts(after);
    for (const tool of known ?? (isShared ? [] : old.map(knownTool))) {
      const row = byName.get(tool.name);
      if (row === undefined || row.digest !== tool.digest || !isShared)
        toolRows.push({ ...toolRow(after, tool, now), before: row?.position });
    }
    servedRows.push({ ...serverRow(after, now), before: position });
    add(before === undefined ? { servers: 1 } : totalsOf(before.facts, -1));
    add(totalsOf(after.facts, 1));
  }
  await batch.removeTools(removed);
  await batch.saveServers(servedRows);
  await batch.saveKeys(
    drafts.flatMap(({ after, keys }) => [...keys].map((key) => ({ key, serverId: after.id }))),
  );
  await batch.saveTools(toolRows);
  await batch.addTotals(totals);
}

function toolOf({ name, digest, facts }: CleanTool, id: number, override: ToolClass | undefined): KnownTool {
  return { id, name, digest, facts: { ...facts, classOverride: override ?? null } };
}

function knownTool(row: CatalogToolRow): KnownTool {
  const facts = toolFacts(row);
  return { id: row.id, name: row.name, digest: row.digest, facts };
}

function byServer<Row extends { readonly serverId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.serverId);
    if (group === undefined) groups.set(row.serverId, [row]);
    else group.push(row);
  }
  return groups;
}
