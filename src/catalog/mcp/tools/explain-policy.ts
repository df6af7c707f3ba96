import { z } from 'zod';
import { PortcullisError } from '../../../errors.ts';
import type { Json, JsonObject } from '../../../json.ts';
import {
  checkPolicy,
  compilePolicy,
  evaluate,
  explain,
  lintPolicy,
  parsePolicy,
  type PolicyDocument,
} from '../../../policy/index.ts';
import { classify } from '../../classify/classify.ts';
import { assessedTool } from '../../library/assessed-tool.ts';
import { requireListed } from '../shown.ts';
import { mcpTool } from '../types.ts';

export const explainPolicy = mcpTool({
  name: 'explain_policy',
  title: 'Explain a policy',
  description:
    'Checks a policy and tells what it does. With a tool (and arguments): every step from that call to its verdict, as the first call of a fresh grant.',
  input: z.strictObject({
    policy: z
      .union([z.string().max(200_000), z.record(z.string(), z.unknown())])
      .describe('JSON or YAML text, or an object'),
    tool: z.string().min(1).max(256).optional(),
    arguments: z.record(z.string(), z.unknown()).optional(),
    server: z
      .string()
      .min(1)
      .max(2048)
      .optional()
      .describe('A server of the catalogue: its tools’ classes are used'),
  }),
  async run(catalog, { policy, tool, arguments: args = {}, server }) {
    const document = read(policy as Json);
    const slug = server === undefined ? undefined : (await requireListed(catalog, server)).slug;
    const known = slug === undefined ? [] : (await catalog.tools(slug)).map(assessedTool);
    const lintable = known.map(({ definition, assessment }) => ({
      name: definition['name'] as string,
      class: assessment.class,
    }));
    const summary = {
      default: document.default,
      hidden: document.hide ?? [],
      tools: Object.keys(document.tools ?? {}),
      warnings: lintPolicy(document, lintable),
    };
    if (tool === undefined) return summary;
    const { class: gravest, classes } =
      known.find(({ definition }) => definition['name'] === tool)?.assessment ?? classify({ name: tool });
    const verdict = evaluate(
      compilePolicy(document),
      {
        tool: { name: tool, class: gravest, classes: classes.includes(gravest) ? classes : [gravest] },
        args: args as JsonObject,
        grant: { label: '', tags: [] },
        client: {},
        now: Date.now(),
        hasSession: true,
      },
      () => undefined,
      { trace: true },
    );
    return {
      ...summary,
      tool,
      class: gravest,
      outcome: verdict.outcome,
      rule: verdict.rule,
      steps: explain(verdict),
    };
  },
});

/** @throws PC_POLICY_INVALID with every problem */
function read(policy: Json): PolicyDocument {
  const parsed = typeof policy === 'string' ? parsePolicy(policy) : checkPolicy(policy);
  if (!parsed.ok) throw new PortcullisError('PC_POLICY_INVALID', {}, { problems: parsed.problems });
  return parsed.document;
}
