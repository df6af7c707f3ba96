import { z } from 'zod';
import { PortcullisError } from '../../errors.ts';
import type { KnownToolView } from '../../gateway/index.ts';
import { TOOL_CLASSES } from '../../policy/index.ts';
import { changeTool, requireServer } from '../../registry/index.ts';
import { route } from '../contract.ts';
import { pageOf, pageQuery, pageShape } from '../page.ts';

const toolShape = z
  .strictObject({
    name: z.string(),
    definition: z.unknown().meta({ description: 'As the server spelled it' }),
    class: z
      .enum(TOOL_CLASSES)
      .meta({ description: 'What counts: the override, else what the catalogue says' }),
    classes: z.array(z.enum(TOOL_CLASSES)),
    severity: z.string(),
    classOverride: z.string().nullable(),
    assessment: z.unknown().meta({ description: 'Confidence, signals and evidence of the catalogue' }),
    digest: z.string().meta({ description: 'SHA-256 of the definition' }),
    pinnedDigest: z.string(),
    drifted: z.boolean().meta({ description: 'The definition is no longer the pinned one' }),
  })
  .meta({ id: 'Tool' });

const toolPatch = z.strictObject({
  classOverride: z.string().nullable().optional(),
  repin: z.boolean().optional().meta({ description: 'Accepts the definition as it is now' }),
});

const show = (tool: KnownToolView): KnownToolView => tool;

export const toolRoutes = [
  route(
    {
      method: 'GET',
      path: '/servers/{id}/tools',
      role: 'viewer',
      summary: 'The tools of a server as last seen',
      query: pageQuery,
      status: 200,
      answer: pageShape(toolShape),
    },
    async ({ services: { registry, gateway }, parameters, query }) => {
      const { id } = await requireServer(registry, parameters['id']!);
      return { body: pageOf(await gateway.tools(id), query, ({ name }) => name, show) };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/servers/{id}/tools/refresh',
      role: 'policy_manager',
      query: pageQuery,
      summary: 'Asks the server for its tools now',
      status: 200,
      answer: pageShape(toolShape),
    },
    async ({ services: { registry, gateway }, caller, parameters, query }) => {
      const { id } = await requireServer(registry, parameters['id']!);
      const tools = await gateway.refreshTools(id, caller.person?.personId);
      return { body: pageOf(tools, query, ({ name }) => name, show) };
    },
  ),
  route(
    {
      method: 'PATCH',
      path: '/servers/{id}/tools/{tool}',
      role: 'policy_manager',
      body: toolPatch,
      summary: 'Overrides the class of a tool, or accepts its definition',
      status: 200,
      answer: toolShape,
      changes: true,
    },
    async ({ services: { registry, gateway }, caller, parameters, body }) => {
      const name = parameters['tool']!;
      const { serverId } = await changeTool(registry, caller, parameters['id']!, name, body);
      const tool = (await gateway.tools(serverId)).find((one) => one.name === name);
      if (tool === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'tool' });
      return { body: tool };
    },
  ),
];
