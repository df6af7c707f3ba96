import { withoutUndefined } from '../../json.ts';
import { z } from 'zod';
import { mergeEntries } from '../../audit/index.ts';
import { fitsDecision, found, type Registry } from '../../registry/index.ts';
import { route } from '../contract.ts';
import { decisionStream } from '../decision-stream.ts';
import { pageQuery, pageShape } from '../page.ts';
import { timeQuery } from '../shapes/values.ts';

const text = z.string().min(1).max(256).optional();
const filters = {
  server: text.meta({ description: 'Id or slug' }),
  grant: text,
  tool: text,
  outcome: z.enum(['allow', 'deny', 'needs_approval', 'error', 'unknown']).optional(),
  rule: text.meta({ description: 'The whole rule, as a decision names it' }),
  text: text.meta({ description: 'Words that the record has, in whatever case' }),
};

const decisionShape = z
  .looseObject({
    id: z.string(),
    at: z.number().meta({ description: 'Milliseconds since the epoch' }),
    method: z.string(),
    tool: z.string().optional(),
    outcome: z.string(),
    rule: z.string(),
    message: z.string(),
    dispatched: z.union([z.boolean(), z.literal('unknown')]),
    approval: z
      .looseObject({
        id: z.string(),
        state: z.string(),
        by: z.array(z.string()).optional().meta({ description: 'Who agreed to it, or who denied it' }),
      })
      .optional()
      .meta({ description: 'Where people were asked' }),
    chain: z.strictObject({ id: z.string(), seq: z.int(), hash: z.string() }),
  })
  .meta({ id: 'Decision', description: 'A decision record, as in the log; argument values are never in it' });

export const decisionRoutes = [
  route(
    {
      method: 'GET',
      path: '/decisions',
      role: 'viewer',
      summary: 'The decision log, newest first',
      query: pageQuery.extend({
        ...filters,
        from: timeQuery.optional(),
        to: timeQuery.optional(),
      }),
      status: 200,
      answer: pageShape(decisionShape),
    },
    async ({ services: { registry, settled }, query }) => {
      await settled();
      const { limit, cursor, server, ...rest } = query;
      const filter = {
        ...withoutUndefined(rest),
        ...(server === undefined ? {} : { server: await serverId(registry, server) }),
        kind: 'decision',
        // The canary's calls are nobody's.
        organization: registry.organization,
      };
      const page = await registry.store.entries.page(filter, withoutUndefined({ limit, cursor }));
      const items = page.items
        .filter(({ organization, server: id }) => registry.seesRecord({ organization, serverId: id ?? '' }))
        .map((row) => mergeEntries([row]));
      return { body: { items, nextCursor: page.nextCursor } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/decisions/stream',
      role: 'viewer',
      query: z.strictObject(filters),
      status: 200,
      streams: true,
      summary: 'Decisions as they are made, by any node: server-sent events named "decision"',
    },
    async ({ services: { registry, feed }, query: { server, ...rest }, signal }) => {
      const filter = { ...rest, server: server === undefined ? undefined : await serverId(registry, server) };
      const stream = await decisionStream(
        feed,
        signal,
        (record) =>
          registry.seesRecord({ organization: record.organization, serverId: record.server.id }) &&
          fitsDecision(record, filter),
      );
      return { stream };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/decisions/{id}',
      role: 'viewer',
      summary: 'One decision',
      status: 200,
      answer: decisionShape,
    },
    async ({ services: { registry, settled }, parameters }) => {
      await settled();
      const record = mergeEntries(await registry.store.entries.get(parameters['id']!));
      const { organization, server } = record;
      return {
        body: found(
          registry.seesRecord({ organization, serverId: server.id }) ? record : undefined,
          'decision',
        ),
      };
    },
  ),
];

/** A server that is gone is still in the log, under its id. */
async function serverId(registry: Registry, idOrSlug: string): Promise<string> {
  const row = await registry.store.servers.get(idOrSlug);
  return row !== undefined && registry.sees(row) ? row.id : idOrSlug;
}
