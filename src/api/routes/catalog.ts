import { z } from 'zod';
import { found, recordEvent } from '../../registry/index.ts';
import { route } from '../contract.ts';
import { pageQuery, pageShape } from '../page.ts';
import {
  catalogFacets,
  catalogServerShape,
  serverDetailShape,
  showCatalogServer,
  showServerDetail,
  showToolDetail,
  toolClass,
  toolDetailShape,
  toolHitShape,
} from '../shapes/catalog.ts';

const searchQuery = pageQuery.extend({
  q: z.string().max(500).optional().meta({ description: 'Words; beginnings of them do' }),
  kind: z.enum(['servers', 'tools']).optional().meta({ description: 'servers unless given' }),
  ...catalogFacets,
});

export const catalogRoutes = [
  route(
    {
      method: 'GET',
      path: '/catalog/search',
      role: 'viewer',
      summary: 'Servers or tools of the catalogue, the best first',
      query: searchQuery,
      status: 200,
      answer: pageShape(z.union([catalogServerShape, toolHitShape])),
    },
    async ({ services: { catalog }, query: { kind, limit, cursor, ...query } }) => {
      const page = { ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) };
      if (kind === 'tools') return { body: await catalog.searchTools(query, page) };
      const { items, nextCursor } = await catalog.searchServers(query, page);
      return { body: { items: items.map(showCatalogServer), nextCursor } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/catalog/servers/{slug}',
      role: 'viewer',
      summary: 'A server of the catalogue, its tools and the policy that fits them',
      status: 200,
      answer: serverDetailShape,
    },
    async ({ services: { catalog }, parameters }) => {
      const slug = parameters['slug']!;
      const server = found(await catalog.server(slug), 'server');
      return { body: showServerDetail(server, await catalog.tools(slug)) };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/catalog/servers/{slug}/tools/{tool}',
      role: 'viewer',
      summary: 'A tool of the catalogue: class, evidence, recommended policy',
      status: 200,
      answer: toolDetailShape,
    },
    async ({ services: { catalog }, parameters }) => ({
      body: showToolDetail(found(await catalog.tool(parameters['slug']!, parameters['tool']!), 'tool')),
    }),
  ),
  route(
    {
      method: 'PUT',
      path: '/catalog/servers/{slug}/tools/{tool}/override',
      role: 'policy_manager',
      summary: 'Says what class a tool of the catalogue has; null gives it back to the classifier',
      body: z.strictObject({ class: toolClass.nullable() }),
      status: 200,
      answer: toolDetailShape,
    },
    async ({ services: { catalog, registry }, caller, parameters, body }) => {
      const [slug, tool] = [parameters['slug']!, parameters['tool']!];
      await catalog.setOverride(slug, tool, body.class);
      await recordEvent(registry, caller, 'catalog.override', `${slug}/${tool}`, { class: body.class });
      return { body: showToolDetail(found(await catalog.tool(slug, tool), 'tool')) };
    },
  ),
];
