/**
 * What the inventory says of servers, as JSON text, kept from one answer to the next. Only servers whose tools or grants changed
 * meanwhile are read again, a few at a time: of very many grants and tools a change touches few.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GrantCount, GrantRow, Store, ToolSummary } from '../store/index.ts';
import { showGrant } from './shapes/grant.ts';
import { timeTextOrNull } from './shapes/values.ts';

/** Of each server. */
const GRANTS_SHOWN = 20;
/** Servers that are read in one go. */
const TOGETHER = 10;

/** By server. */
type Parts<Part> = ReadonlyMap<string, { readonly stamp: string; readonly part: Part }>;

export interface ShownGrant {
  readonly row: GrantRow;
  readonly text: string;
}

export class InventoryParts {
  readonly #store: Store;
  #tools: Parts<string> = new Map();
  #grants: Parts<readonly ShownGrant[]> = new Map();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The members `seenAt` and `tools` of each server. @throws PC_STORE_UNAVAILABLE */
  async tools(): Promise<(serverId: string) => string> {
    const { tools } = this.#store;
    const parts = await refreshed(this.#tools, await tools.stamps(), async (ids) => {
      const rowsOf = byServer(await tools.summaries(ids));
      return ids.map((id) => toolsText(rowsOf.get(id) ?? []));
    });
    this.#tools = parts;
    return (serverId) => parts.get(serverId)?.part ?? toolsText([]);
  }

  /** The newest grants of each server, of which it is the first. @param counts of all grants @throws PC_STORE_UNAVAILABLE */
  async grants(counts: readonly GrantCount[]): Promise<(serverId: string) => readonly ShownGrant[]> {
    const shown = async (id: string): Promise<readonly ShownGrant[]> => {
      const rows = await this.#store.grants.newestOf(id, GRANTS_SHOWN);
      return rows.map((row) => ({ row, text: JSON.stringify(showGrant(row)) }));
    };
    const stamps = grantStamps(counts);
    const parts = await refreshed(this.#grants, stamps, (ids) => Promise.all(ids.map(shown)));
    this.#grants = parts;
    return (serverId) => parts.get(serverId)?.part ?? [];
  }
}

export function byServer<Row extends { readonly serverId: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.serverId);
    if (group === undefined) groups.set(row.serverId, [row]);
    else group.push(row);
  }
  return groups;
}

/** The parts whose stamps are still the same, and the others read. A part is at least as new as its stamp. */
async function refreshed<Part>(
  kept: Parts<Part>,
  stamps: ReadonlyMap<string, string>,
  read: (ids: readonly string[]) => Promise<readonly Part[]>,
): Promise<Parts<Part>> {
  const parts = new Map([...stamps].map(([id, stamp]) => [id, { stamp, part: kept.get(id)?.part }]));
  const changed = [...stamps.keys()].filter((id) => kept.get(id)?.stamp !== stamps.get(id));
  for (let from = 0; from < changed.length; from += TOGETHER) {
    const ids = changed.slice(from, from + TOGETHER);
    for (const [place, part] of (await read(ids)).entries())
      parts.set(ids[place]!, { stamp: stamps.get(ids[place]!)!, part });
    await nextTurn();
  }
  return parts as Parts<Part>;
}

/** Differs whenever a grant of the server was added, changed or removed: one that is there now has the revision of its last change. */
function grantStamps(counts: readonly GrantCount[]): ReadonlyMap<string, string> {
  const stamps = new Map<string, string>();
  for (const [serverId, ofServer] of byServer(counts.filter(({ first }) => first))) {
    const total = ofServer.reduce((sum, count) => sum + count.total, 0);
    const revision = ofServer.reduce((last, count) => Math.max(last, count.revision), 0);
    stamps.set(serverId, `${total} ${revision}`);
  }
  return stamps;
}

function toolsText(rows: readonly ToolSummary[]): string {
  const seenAt = rows.reduce((last, { lastSeenAt }) => Math.max(last, lastSeenAt), 0);
  const tools = rows.map((tool) => ({
    name: tool.name,
    class: tool.classOverride ?? tool.class,
    classes: tool.classes,
    severity: tool.severity,
    drifted: tool.digest !== tool.pinnedDigest,
  }));
  return JSON.stringify({ seenAt: timeTextOrNull(seenAt || null), tools }).slice(1, -1);
}
