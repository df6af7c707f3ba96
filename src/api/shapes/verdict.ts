import { z } from 'zod';
import type { Verdict } from '../../policy/index.ts';

export const verdictMembers = {
  outcome: z.enum(['allow', 'deny', 'needs_approval']),
  rule: z.string().meta({
    description: 'JSON Pointer into the canonical policy, a label in parentheses, or "" for a plain allow',
  }),
  message: z.string().meta({ description: 'What the agent reads' }),
  trace: z.array(
    z.strictObject({
      rule: z.string(),
      result: z.enum(['passed', 'denied', 'needs_approval', 'matched', 'skipped']),
      detail: z.string(),
    }),
  ),
  reservations: z.array(z.unknown()).meta({ description: 'What the call would take from limits' }),
  retryAfterSeconds: z.number().optional(),
};

export const verdictShape = z.looseObject(verdictMembers).meta({ id: 'Verdict' });

export function showVerdict(verdict: Verdict) {
  return { ...verdict };
}
