import { z } from 'zod';
import { listServers, seesGrant, type Registry } from '../../registry/index.ts';
import type { Store } from '../../store/index.ts';
import { route } from '../contract.ts';
import { inventoryShape } from '../shapes/inventory.ts';
import { showGrant } from '../shapes/grant.ts';
import { showPolicy } from '../shapes/policy.ts';
import { showServer } from '../shapes/server.ts';
import { timeTextOrNull } from '../shapes/values.ts';

/** Answers of some MB each. */
const MOST_KEPT = 8;

export const inventoryRoutes = [
  route(
    {
      method: 'GET',
      path: '/inventory',
      role: 'viewer',
      summary:
        'Everything that is configured at once: each server with its tools (without definitions), policies and grants',
      status: 200,
      answer: z.strictObject({ items: z.array(inventoryShape) }),
    },
    async ({ services: { registry, publicUrl } }) => ({ text: await inventoryText(registry, publicUrl) }),
  ),
];

/** What was answered last, for each group of readers that sees the same servers, while nothing has changed. */
const kept = new WeakMap<Store, { state: string; readonly texts: Map<string, Promise<string>> }>();

/** @throws PC_STORE_UNAVAILABLE */
async function inventoryText(registry: Registry, publicUrl: string): Promise<string> {
  const { store, organization, hidden } = registry;
  // Asked for before anything is read: what changes meanwhile is another state.
  const state = `${await store.revision()} ${await store.tools.state()}`;
  let current = kept.get(store);
  if (current?.state !== state) kept.set(store, (current = { state, texts: new Map() }));
  const { texts } = current;
  const readers = JSON.stringify([organization, publicUrl, ...[...hidden].toSorted()]);
  const known = texts.get(readers);
  if (known !== undefined) return known;
  const made = readInventory(registry, publicUrl).then((items) => JSON.stringify({ items }));
  texts.set(readers, made);
  made.catch(() => texts.delete(readers));
  const [oldest] = texts.keys();
  if (texts.size > MOST_KEPT && oldest !== undefined) texts.delete(oldest);
  return made;
}

async function readInventory(registry: Registry, publicUrl: string) {
  const { store } = registry;
  const [servers, tools, policies, grants] = await Promise.all([
    listServers(registry),
    store.tools.summaries(),
    store.policies.list(),
    store.grants.list(),
  ]);
  const toolsOf = byServer(tools);
  const policiesOf = byServer(policies);
  const grantsOf = byServer(grants.filter((row) => seesGrant(registry, row)));
  return servers.map((server) => {
    const listed = toolsOf.get(server.id) ?? [];
    const seenAt = listed.reduce((last, { lastSeenAt }) => Math.max(last, lastSeenAt), 0);
    return {
      server: showServer(server, publicUrl),
      seenAt: timeTextOrNull(seenAt || null),
      tools: listed.map((tool) => ({
        name: tool.name,
        class: tool.classOverride ?? tool.class,
        classes: tool.classes,
        severity: tool.severity,
        drifted: tool.digest !== tool.pinnedDigest,
      })),
      policies: (policiesOf.get(server.id) ?? []).map((row) => showPolicy(row)),
      grants: (grantsOf.get(server.id) ?? []).map(showGrant),
    };
  });
}

function byServer<Row extends { readonly serverId: string }>(
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
