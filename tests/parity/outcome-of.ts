/** Reads a verdict off the wire, the way an agent meets it. */
import type { Outcome } from './path.ts';

const DECISION = 'dev.portcullis/decision';

interface Message {
  readonly result?: { readonly _meta?: Readonly<Record<string, Partial<Decision> | undefined>> };
  readonly error?: { readonly message: string; readonly data?: { readonly code?: string } };
}
interface Decision {
  readonly outcome: Outcome['verdict'];
  readonly rule: string;
  readonly code: string;
}

export function outcomeOf(answer: unknown): Outcome {
  const { result, error } = answer as Message;
  if (error?.message.startsWith('Unknown tool: ') === true) return { verdict: 'deny', rule: '(hidden)' };
  if (result === undefined)
    return { verdict: 'refused', rule: error?.data?.code ?? `no code in ${JSON.stringify(answer)}` };
  const decision = result._meta?.[DECISION];
  if (decision === undefined) return { verdict: 'allow', rule: '' };
  const { outcome = 'refused', rule = decision.code ?? 'neither rule nor code' } = decision;
  return { verdict: outcome, rule };
}
