import { z } from 'zod';
import { compilePolicy } from '../../policy/index.ts';
import { readPolicySource, requireGrant, requirePolicy, requireServer } from '../../registry/index.ts';
import { route } from '../contract.ts';
import { jsonObject } from '../shapes/values.ts';
import { showVerdict, verdictShape } from '../shapes/verdict.ts';

const evaluateInput = z.strictObject({
  server: z
    .string()
    .optional()
    .meta({ description: 'Id or slug; without one the tool is judged by its name alone' }),
  grant: z.string().optional().meta({ description: 'Its policy, label, tags and counters count' }),
  policy: z
    .union([z.string(), jsonObject])
    .optional()
    .meta({ description: "An id, or a document; instead of the grant's policy" }),
  tool: z.string().min(1).max(1000),
  arguments: jsonObject.optional(),
});

export const evaluateRoutes = [
  route(
    {
      method: 'POST',
      path: '/evaluate',
      role: 'viewer',
      body: evaluateInput,
      status: 200,
      answer: verdictShape,
      summary: 'The verdict on a call; nothing is counted, logged or sent',
    },
    async ({
      services: { registry, gateway },
      body: { server, grant, policy, tool, arguments: args = {} },
    }) => {
      const stored = typeof policy === 'string' ? await requirePolicy(registry, policy) : undefined;
      if (server !== undefined) await requireServer(registry, server);
      if (grant !== undefined) await requireGrant(registry, grant);
      const source = typeof policy === 'string' ? stored?.document : policy;
      const serverId = server ?? (grant === undefined ? stored?.serverId : undefined);
      const verdict = await gateway.evaluate({
        ...(serverId === undefined ? {} : { server: serverId }),
        ...(grant === undefined ? {} : { grant }),
        ...(source === undefined ? {} : { policy: compilePolicy(readPolicySource(source).document) }),
        tool,
        arguments: args,
      });
      return { body: showVerdict(verdict) };
    },
  ),
];
