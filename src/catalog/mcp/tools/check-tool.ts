import { z } from 'zod';
import { PortcullisError } from '../../../errors.ts';
import { assessedTool } from '../../library/assessed-tool.ts';
import { recommend } from '../../recommend/recommend.ts';
import { CAVEAT, requireListed, shownTool } from '../shown.ts';
import { mcpTool } from '../types.ts';

export const checkTool = mcpTool({
  name: 'check_tool',
  title: 'Check a tool',
  description:
    'Tells what one tool of a server can do, with the words of its definition that say so, and the rule that fits it.',
  input: z.strictObject({
    server: z.string().min(1).max(2048).describe('Slug, package name or address'),
    tool: z.string().min(1).max(256),
  }),
  async run(catalog, { server: reference, tool: name }) {
    const { slug } = await requireListed(catalog, reference);
    const tool = await catalog.tool(slug, name);
    if (tool === undefined)
      throw new PortcullisError('PC_API_NOT_FOUND', { what: `tool ${name} of ${slug}` });
    const { definition, assessment } = assessedTool(tool);
    return {
      server: slug,
      ...shownTool(tool),
      overridden: tool.classOverride !== null,
      parameters: tool.parameters,
      evidence: assessment.evidence,
      recommendedPolicy: recommend(definition, assessment),
      caveat: CAVEAT,
    };
  },
});
