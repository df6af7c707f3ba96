import { PortcullisError, type Problem } from '../../errors.ts';
import { codeOperand } from './operand.ts';
import type { CodeRules } from './types.ts';

/** The operand of a `code_within` by itself. @throws PC_POLICY_INVALID with every problem */
export function parseCodeRules(value: unknown): CodeRules {
  const problems: Problem[] = [];
  codeOperand.check(value, '', problems);
  if (problems.length > 0) throw new PortcullisError('PC_POLICY_INVALID', {}, { problems });
  return value as CodeRules;
}
