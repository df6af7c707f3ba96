import { PortcullisError } from '../errors.ts';
import type { Json } from '../json.ts';
import { checkPolicy, parsePolicy, type Note, type PolicyDocument } from '../policy/index.ts';

export interface PolicySource {
  /** Canonical. */
  readonly document: PolicyDocument;
  /** As it was written. */
  readonly written: string;
  /** What the parser turned into the canonical form. */
  readonly notes: readonly Note[];
}

/**
 * A policy as people hand it in: an object in any accepted spelling, or JSON or YAML text.
 * @throws PC_POLICY_INVALID with every problem; pointers are into the policy
 */
export function readPolicySource(source: Json): PolicySource {
  const parsed = typeof source === 'string' ? parsePolicy(source) : checkPolicy(source);
  if (!parsed.ok) throw new PortcullisError('PC_POLICY_INVALID', {}, { problems: parsed.problems });
  const written = typeof source === 'string' ? source : `${JSON.stringify(source, null, 2)}\n`;
  return { document: parsed.document, written, notes: parsed.notes };
}
