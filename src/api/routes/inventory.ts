import { z } from 'zod';
import { listServers, seesGrant } from '../../registry/index.ts';
import { route } from '../contract.ts';
import { inventoryShape } from '../shapes/inventory.ts';
import { showGrant } from '../shapes/grant.ts';
import { showPolicy } from '../shapes/policy.ts';
import { showServer } from '../shapes/server.ts';
import { timeTextOrNull } from '../shapes/values.ts';

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
    async ({ services: { registry, publicUrl } }) => {
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
      const items = servers.map((server) => {
        const listed = toolsOf.get(server.id) ?? [];
        return {
          server: showServer(server, publicUrl),
          seenAt: timeTextOrNull(
            listed.reduce((last, { lastSeenAt }) => Math.max(last, lastSeenAt), 0) || null,
          ),
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
      return { body: { items } };
    },
  ),
];

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
