import { z } from 'zod';
import { assessedTool } from '../../library/assessed-tool.ts';
import { recommendServer } from '../../recommend/recommend.ts';
import { CAVEAT, requireListed, shownServer, shownTool } from '../shown.ts';
import { mcpTool } from '../types.ts';

const MOST_TOOLS = 25;

export const checkServer = mcpTool({
  name: 'check_server',
  title: 'Check an MCP server',
  description:
    'Tells what a server’s tools can do, the gravest first, where the catalogue has it from, and the policy that fits it. Ask before connecting to a server.',
  input: z.strictObject({
    server: z
      .string()
      .min(1)
      .max(2048)
      .describe('Slug, package name such as @acme/mail, or the address of a remote'),
  }),
  async run(catalog, { server: reference }) {
    const server = await requireListed(catalog, reference);
    const tools = await catalog.tools(server.slug);
    return {
      ...shownServer(server),
      provenance: server.provenance.map(({ source, url, at }) => ({
        source,
        url,
        at: new Date(at).toISOString(),
      })),
      gravestTools: tools.slice(0, MOST_TOOLS).map(shownTool),
      toolsKnown: tools.length > 0,
      recommendedPolicy: tools.length === 0 ? null : recommendServer(tools.map(assessedTool)),
      caveat: CAVEAT,
    };
  },
});
