import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { assessTools, loadAttacks, type AssessedTool, type Played } from '../../catalog/index.ts';
import { PortcullisError } from '../../errors.ts';
import { compilePolicy } from '../../policy/index.ts';
import { readPolicySource, requirePolicy, requireServer } from '../../registry/index.ts';
import { route, type Services } from '../contract.ts';
import { coverageShape } from '../shapes/attack.ts';
import { jsonObject, policySource } from '../shapes/values.ts';

const MOST_TOOLS = 1000;

const attackInput = z.strictObject({
  policy: policySource.optional(),
  policyId: z.string().optional().meta({ description: 'Instead of a document' }),
  server: z.string().optional().meta({
    description: 'Id or slug: its tools; without it and `tools`, those of the server of `policyId`',
  }),
  tools: z
    .array(jsonObject)
    .max(MOST_TOOLS, `There may be ${MOST_TOOLS} tools at most.`)
    .optional()
    .meta({ description: 'Definitions as in a tools/list; instead of a server' }),
});

export const policyAttackRoutes = [
  route(
    {
      method: 'POST',
      path: '/policies/attack',
      role: 'viewer',
      summary: 'Plays the attack patterns that fit the tools against a policy; nothing is sent',
      body: attackInput,
      status: 200,
      answer: coverageShape,
    },
    async ({ services, body: { policy, policyId, server, tools }, signal }) => {
      if ((policy === undefined) === (policyId === undefined))
        throw wrong('/policy', 'Expected policy or policyId.');
      const stored = policyId === undefined ? undefined : await requirePolicy(services.registry, policyId);
      const compiled = compilePolicy(readPolicySource(policy ?? stored!.document).document);
      const place = server ?? stored?.serverId;
      if (tools !== undefined && server !== undefined)
        throw wrong('/tools', 'Expected server or tools, not both.');
      if (tools === undefined && place === undefined) throw wrong('/server', 'Expected server or tools.');
      const assessed = tools === undefined ? await toolsOf(services, place!) : assessTools(tools);
      const { ATTACKS, coverageOf, play } = await loadAttacks();
      const results: Played[] = [];
      for (const pattern of ATTACKS) {
        // Calls are served between two patterns.
        await nextTurn();
        if (signal.aborted) break;
        results.push(play(pattern, compiled, assessed, { now: services.registry.now() }));
      }
      return { body: coverageOf(results) };
    },
  ),
];

function wrong(pointer: string, message: string): PortcullisError {
  return new PortcullisError('PC_API_INVALID', {}, { problems: [{ pointer, message }] });
}

/** With the owner's classes, where they differ from the classifier's. */
async function toolsOf({ registry, gateway }: Services, server: string): Promise<readonly AssessedTool[]> {
  const { id, name } = await requireServer(registry, server);
  const known = (await gateway.tools(id)).slice(0, MOST_TOOLS);
  const assessed = assessTools(
    known.map(({ definition }) => definition as AssessedTool['definition']),
    name,
  );
  return assessed.map(({ definition, assessment }, index) => {
    const { class: gravest, classes } = known[index]! as Pick<
      AssessedTool['assessment'],
      'class' | 'classes'
    >;
    return { definition, assessment: { ...assessment, class: gravest, classes } };
  });
}
