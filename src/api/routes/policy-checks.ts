import { z } from 'zod';
import { PortcullisError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { compilePolicy, explain, lintPolicy, type LintTool } from '../../policy/index.ts';
import { readPolicySource, requireGrant, requirePolicy, requireServer } from '../../registry/index.ts';
import { serversOf } from '../../store/index.ts';
import { route, type Services } from '../contract.ts';
import { problemShape } from '../problem.ts';
import { noteShape } from '../shapes/policy.ts';
import { jsonObject, policySource } from '../shapes/values.ts';
import { showVerdict, verdictMembers } from '../shapes/verdict.ts';

const validation = z
  .strictObject({
    valid: z.boolean(),
    document: z.unknown().optional().meta({ description: 'Canonical; when it is valid' }),
    notes: z.array(noteShape).optional().meta({ description: 'What was turned into the canonical form' }),
    warnings: z.array(noteShape).optional().meta({ description: 'Legal, but probably not meant' }),
    errors: problemShape.shape.errors,
  })
  .meta({ id: 'PolicyValidation' });

const explainInput = z.strictObject({
  document: policySource.optional(),
  policyId: z.string().optional(),
  server: z
    .string()
    .optional()
    .meta({ description: 'Id or slug; gives the tool its class and input schema' }),
  grant: z.string().optional(),
  tool: z.string().min(1).max(1000),
  arguments: jsonObject.optional(),
});

const explanation = z
  .looseObject({
    ...verdictMembers,
    document: z.unknown().meta({ description: 'Canonical; null when the grant has no policy' }),
    text: z.string().meta({ description: 'The same for people' }),
  })
  .meta({ id: 'Explanation' });

export const policyCheckRoutes = [
  route(
    {
      method: 'POST',
      path: '/policies/validate',
      role: 'viewer',
      summary: 'Checks a policy without storing it',
      body: z.strictObject({
        document: policySource,
        server: z.string().optional(),
      }),
      status: 200,
      answer: validation,
    },
    async ({ services, body: { document, server } }) => {
      const tools = server === undefined ? [] : await knownTools(services, server);
      try {
        const { document: canonical, notes } = readPolicySource(document);
        return {
          body: {
            valid: true,
            document: canonical,
            notes,
            warnings: lintPolicy(canonical, tools),
            errors: [],
          },
        };
      } catch (error) {
        if (!(error instanceof PortcullisError) || error.code !== 'PC_POLICY_INVALID') throw error;
        return { body: { valid: false, errors: error.problems } };
      }
    },
  ),
  route(
    {
      method: 'POST',
      path: '/policies/explain',
      role: 'viewer',
      body: explainInput,
      status: 200,
      answer: explanation,
      summary: 'Every step from a call to its verdict',
    },
    async ({ services: { registry, gateway }, body }) => {
      const { document: source, policyId, grant, tool } = body;
      const stored = policyId === undefined ? undefined : await requirePolicy(registry, policyId);
      if (body.server !== undefined) await requireServer(registry, body.server);
      if (grant !== undefined) await requireGrant(registry, grant);
      const carried = source ?? stored?.document ?? (await documentOfGrant(registry, grant, body.server));
      const document = carried === undefined ? undefined : readPolicySource(carried).document;
      const server = body.server ?? stored?.serverId;
      const verdict = await gateway.evaluate({
        ...(server === undefined ? {} : { server }),
        ...(grant === undefined ? {} : { grant }),
        ...(document === undefined ? {} : { policy: compilePolicy(document) }),
        tool,
        arguments: body.arguments ?? {},
      });
      return { body: { ...showVerdict(verdict), document: document ?? null, text: explain(verdict) } };
    },
  ),
];

async function documentOfGrant(
  registry: Services['registry'],
  id: string | undefined,
  server: string | undefined,
): Promise<Json | undefined> {
  const grant = id === undefined ? undefined : await registry.store.grants.get(id);
  if (grant === undefined) return undefined;
  const serverId = server === undefined ? grant.serverId : (await requireServer(registry, server)).id;
  const policyId = serversOf(grant).find((one) => one.serverId === serverId)?.policyId ?? null;
  return policyId === null ? undefined : (await registry.store.policies.get(policyId))?.document;
}

async function knownTools({ registry, gateway }: Services, server: string): Promise<LintTool[]> {
  const { id } = await requireServer(registry, server);
  return (await gateway.tools(id)).map((tool) => {
    const inputSchema = (tool.definition as { readonly inputSchema?: LintTool['inputSchema'] }).inputSchema;
    return {
      name: tool.name,
      class: tool.class as NonNullable<LintTool['class']>,
      ...(inputSchema === undefined ? {} : { inputSchema }),
    };
  });
}
