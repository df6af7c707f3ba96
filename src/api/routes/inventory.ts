import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { listServers, seesGrant, type Registry } from '../../registry/index.ts';
import type { GrantCount, Store } from '../../store/index.ts';
import { route } from '../contract.ts';
import { byServer, InventoryParts } from '../inventory-parts.ts';
import { inventoryShape } from '../shapes/inventory.ts';
import { showPolicy } from '../shapes/policy.ts';
import { showServer } from '../shapes/server.ts';

/** Answers of some MB each. */
const MOST_KEPT = 8;
/** Grants end by themselves: what is said of that may be so old. */
const LONGEST_KEPT_MS = 60_000;

export const inventoryRoutes = [
  route(
    {
      method: 'GET',
      path: '/inventory',
      role: 'viewer',
      summary:
        'Everything that is configured at once: each server with its tools (without definitions) and policies, its newest grants, and how many there are',
      status: 200,
      answer: z.strictObject({ items: z.array(inventoryShape) }),
    },
    async ({ services: { registry, publicUrl } }) => ({ text: await inventoryText(registry, publicUrl) }),
  ),
];

interface Answers {
  readonly parts: InventoryParts;
  state: string;
  /** For each group of readers that sees the same servers. */
  texts: Map<string, Promise<string>>;
}

/** What was answered last, while nothing has changed. */
const kept = new WeakMap<Store, Answers>();

/** @throws PC_STORE_UNAVAILABLE */
async function inventoryText(registry: Registry, publicUrl: string): Promise<string> {
  const { store, organization, hidden, now } = registry;
  // Asked for before anything is read: what changes meanwhile is another state.
  const age = Math.floor(now() / LONGEST_KEPT_MS);
  const state = `${await store.revision()} ${await store.tools.state()} ${age}`;
  const answers = kept.get(store) ?? { parts: new InventoryParts(store), state, texts: new Map() };
  kept.set(store, answers);
  if (answers.state !== state) Object.assign(answers, { state, texts: new Map() });
  const { texts } = answers;
  const readers = JSON.stringify([organization, publicUrl, ...[...hidden].toSorted()]);
  const known = texts.get(readers);
  if (known !== undefined) return known;
  const made = readInventory(registry, answers.parts, publicUrl);
  texts.set(readers, made);
  made.catch(() => texts.delete(readers));
  const [oldest] = texts.keys();
  if (texts.size > MOST_KEPT && oldest !== undefined) texts.delete(oldest);
  return made;
}

async function readInventory(registry: Registry, parts: InventoryParts, publicUrl: string): Promise<string> {
  const { store, hidden } = registry;
  const servers = await listServers(registry);
  const policiesOf = byServer(await store.policies.list());
  const all = await store.grants.counts([]);
  const countsOf = byServer(hidden.size === 0 ? all : await store.grants.counts([...hidden]));
  await nextTurn();
  const toolsOf = await parts.tools();
  const grantsOf = await parts.grants(all);
  await nextTurn();
  const items = servers.map((server) => {
    const grants = grantsOf(server.id).filter(({ row }) => seesGrant(registry, row));
    return [
      `{"server":${JSON.stringify(showServer(server, publicUrl))}`,
      toolsOf(server.id),
      `"policies":${JSON.stringify((policiesOf.get(server.id) ?? []).map((row) => showPolicy(row)))}`,
      `"grants":[${grants.map(({ text }) => text).join()}]`,
      `"grantCounts":${JSON.stringify(byPolicy(countsOf.get(server.id) ?? []))}}`,
    ].join();
  });
  return `{"items":[${items.join()}]}`;
}

/** Whether the server is the first one of the grants or not. */
function byPolicy(counts: readonly GrantCount[]) {
  const sums = new Map<string | null, Pick<GrantCount, 'policyId' | 'total' | 'active' | 'ending'>>();
  for (const { policyId, total, active, ending } of counts) {
    const sum = sums.get(policyId);
    sums.set(policyId, {
      policyId,
      total: total + (sum?.total ?? 0),
      active: active + (sum?.active ?? 0),
      ending: ending + (sum?.ending ?? 0),
    });
  }
  return [...sums.values()];
}
