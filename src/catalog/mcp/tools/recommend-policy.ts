import { z } from 'zod';
import type { JsonObject } from '../../../json.ts';
import { classify } from '../../classify/classify.ts';
import { assessedTool } from '../../library/assessed-tool.ts';
import { cleanDefinition } from '../../library/clean-definition.ts';
import { recommendServer } from '../../recommend/recommend.ts';
import { CAVEAT, requireListed } from '../shown.ts';
import { mcpTool } from '../types.ts';

const MOST_TOOLS = 500;

export const recommendPolicy = mcpTool({
  name: 'recommend_policy',
  title: 'Recommend a policy',
  description:
    'Makes the policy that fits a server: of the catalogue, or of tool definitions as its tools/list gave them. Everything that it does not name is denied, but under observe.',
  input: z.strictObject({
    server: z
      .string()
      .min(1)
      .max(2048)
      .optional()
      .describe('Slug, package name or address; with tools: what the server is called'),
    tools: z
      .array(z.record(z.string(), z.unknown()))
      .max(MOST_TOOLS)
      .optional()
      .describe('Tool definitions; without them the catalogue’s are taken'),
    strength: z.enum(['observe', 'balanced', 'strict']).optional().describe('balanced unless given'),
  }),
  async run(catalog, { server, tools, strength = 'balanced' }) {
    if (tools !== undefined) {
      const siblings = (tools as JsonObject[]).map(cleanDefinition).filter((tool) => tool !== undefined);
      const judged = siblings.map((definition) => ({
        definition,
        assessment: classify(definition, { server, siblings }),
      }));
      return { strength, tools: judged.length, policy: recommendServer(judged, strength), caveat: CAVEAT };
    }
    const { slug } = await requireListed(catalog, server ?? '');
    const known = await catalog.tools(slug);
    return {
      server: slug,
      strength,
      tools: known.length,
      policy: known.length === 0 ? null : recommendServer(known.map(assessedTool), strength),
      caveat: CAVEAT,
    };
  },
});
