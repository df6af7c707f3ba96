import {
  compilePolicy,
  evaluate,
  type PolicyDocument,
  type ToolFacts,
  type Verdict,
} from '../policy/index.ts';
import type { JsonObject } from '../json.ts';

/** The verdict on a call as the first one of a fresh grant: no counter has been used. */
export function judge(
  document: PolicyDocument,
  tool: ToolFacts,
  args: JsonObject,
  now: number = Date.now(),
): Verdict {
  const facts = { tool, args, grant: { label: '', tags: [] }, client: {}, now, hasSession: true };
  return evaluate(compilePolicy(document), facts, () => undefined, { trace: true });
}
