import { setImmediate } from 'node:timers/promises';
import {
  compilePolicy,
  evaluate,
  Pace,
  type PolicyDocument,
  type ToolFacts,
  type Verdict,
} from '../policy/index.ts';
import type { JsonObject } from '../json.ts';

/** The verdict on a call as the first one of a fresh grant: no counter has been used. */
export async function judge(
  document: PolicyDocument,
  tool: ToolFacts,
  args: JsonObject,
  now: number = Date.now(),
): Promise<Verdict> {
  const facts = { tool, args, grant: { label: '', tags: [] }, client: {}, now, hasSession: true };
  const policy = compilePolicy(document);
  const code = await policy.readCode?.(facts, new Pace(() => performance.now(), setImmediate));
  return evaluate(policy, { ...facts, code }, () => undefined, { trace: true });
}
