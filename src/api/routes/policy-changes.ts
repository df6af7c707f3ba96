import { z } from 'zod';
import { classify } from '../../catalog/index.ts';
import { compilePolicy, diffPolicies, stanceOf, type ToolFacts } from '../../policy/index.ts';
import {
  backtest,
  invalid,
  readPolicySource,
  requireGrant,
  requirePolicy,
  requireServer,
} from '../../registry/index.ts';
import { guessTool } from '../../upstreams/index.ts';
import { route, type Services } from '../contract.ts';
import { policySource, time, timeText } from '../shapes/values.ts';

const DAY_MS = 86_400_000;

const subject = z
  .union([z.strictObject({ policyId: z.string(), version: z.int().min(1).optional() }), policySource])
  .meta({ description: 'A policy, or one that is stored, in a version' });
const stance = z.enum(['allow', 'ask', 'deny', 'hide', 'depends']).meta({
  description: 'What holds for every call of a tool; depends: arguments, counters, grant or client decide',
});

export const policyChangeRoutes = [
  route(
    {
      method: 'POST',
      path: '/policies/diff',
      role: 'viewer',
      summary: 'What changes between two policies: members, and what it means for the tools of a server',
      body: z.strictObject({ before: subject, after: subject, server: z.string().optional() }),
      status: 200,
      answer: z.strictObject({
        changes: z.array(
          z.strictObject({
            pointer: z.string(),
            kind: z.enum(['added', 'removed', 'changed']),
            before: z.unknown().optional(),
            after: z.unknown().optional(),
          }),
        ),
        tools: z
          .array(z.strictObject({ tool: z.string(), before: stance, after: stance, rule: z.string() }))
          .meta({ description: 'Tools of the server for which something changes as a whole' }),
      }),
    },
    async ({ services, body }) => {
      const before = await documentOf(services, body.before);
      const after = await documentOf(services, body.after);
      const [old, fresh] = [compilePolicy(before), compilePolicy(after)];
      const tools = (body.server === undefined ? [] : await factsOfServer(services, body.server)).flatMap(
        (facts) => {
          const [was, is] = [stanceOf(old, facts), stanceOf(fresh, facts)];
          return was.stance === is.stance
            ? []
            : [{ tool: facts.name, before: was.stance, after: is.stance, rule: is.rule }];
        },
      );
      return { body: { changes: diffPolicies(before, after), tools } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/policies/backtest',
      role: 'viewer',
      summary: 'What a policy would have said to the calls of the last days, as far as the log can tell',
      body: z.strictObject({
        policy: subject,
        server: z.string(),
        days: z.int().min(1).max(90).optional().meta({ description: '7 unless given' }),
        grant: z.string().optional(),
        judgedBy: z.string().optional().meta({ description: 'Only calls that this policy judged' }),
      }),
      status: 200,
      answer: z.strictObject({
        from: time,
        to: time,
        calls: z.int(),
        partial: z.boolean().meta({ description: 'There were more calls than are looked at' }),
        same: z.int(),
        different: z.int(),
        undetermined: z.int().meta({
          description: 'The log has no values of arguments: what depends on them cannot be judged',
        }),
        changes: z.array(
          z.strictObject({
            tool: z.string(),
            was: z.enum(['allow', 'deny', 'needs_approval']),
            stance,
            rule: z.string(),
            calls: z.int(),
          }),
        ),
        open: z.array(z.strictObject({ tool: z.string(), rule: z.string(), calls: z.int() })),
      }),
    },
    async ({ services, body: { policy, server, days = 7, grant, judgedBy } }) => {
      const { registry, settled } = services;
      const { id } = await requireServer(registry, server);
      if (grant !== undefined) await requireGrant(registry, grant);
      const compiled = compilePolicy(await documentOf(services, policy));
      const known = new Map((await factsOfServer(services, id)).map((facts) => [facts.name, facts]));
      const factsOf = (tool: string): ToolFacts => known.get(tool) ?? guessTool(tool, classify).facts;
      await settled();
      const to = registry.now();
      const from = to - days * DAY_MS;
      const found = await backtest(registry, compiled, factsOf, {
        serverId: id,
        from,
        to,
        grant,
        policyId: judgedBy,
      });
      return { body: { from: timeText(from), to: timeText(to), ...found } };
    },
  ),
];

async function documentOf({ registry }: Services, given: z.output<typeof subject>) {
  const { policyId, version } = given as { readonly policyId?: unknown; readonly version?: number };
  if (typeof policyId !== 'string') return readPolicySource(given as z.output<typeof policySource>).document;
  const row = await requirePolicy(registry, policyId);
  if (version === undefined || version === row.version) return readPolicySource(row.document).document;
  const earlier = (await registry.store.policies.versions(policyId)).find((one) => one.version === version);
  if (earlier === undefined) throw invalid('/version', `There is no version ${version} of this policy.`);
  return readPolicySource(earlier.document).document;
}

async function factsOfServer({ registry, gateway }: Services, server: string): Promise<ToolFacts[]> {
  const { id } = await requireServer(registry, server);
  return (await gateway.tools(id)).map((tool) => ({
    ...guessTool(tool.name, classify).facts,
    class: tool.class as ToolFacts['class'],
    classes: tool.classes as ToolFacts['classes'],
  }));
}
