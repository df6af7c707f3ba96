/** What a policy says about a tool whatever the arguments are. Pure. */
import type { CompiledPolicy } from './compile-policy.ts';
import type { ToolFacts } from './types.ts';

export interface Stance {
  /** `ask`: a person must agree to every call; `depends`: arguments, counters, the grant or the client decide. */
  readonly stance: 'allow' | 'ask' | 'deny' | 'hide' | 'depends';
  /** What decides it, as in a verdict; '' for a plain allow. */
  readonly rule: string;
}

export function stanceOf(policy: CompiledPolicy | null, tool: ToolFacts): Stance {
  if (policy === null) return { stance: 'deny', rule: '(no policy)' };
  const plan = policy.plan(tool);
  if (plan.hidden) return { stance: 'hide', rule: '(hidden)' };
  if (!plan.known && policy.document.default === 'deny') return { stance: 'deny', rule: '(default deny)' };
  const always = plan.denyIf.find((rule) => rule.always);
  if (always !== undefined) return { stance: 'deny', rule: always.pointer };
  const [open] = [...plan.denyIf, ...plan.require.filter((rule) => !rule.always), ...plan.limits];
  if (open !== undefined) return { stance: 'depends', rule: open.pointer };
  const [approval] = plan.approveIf;
  if (approval === undefined) return { stance: 'allow', rule: '' };
  return { stance: approval.always ? 'ask' : 'depends', rule: approval.pointer };
}
