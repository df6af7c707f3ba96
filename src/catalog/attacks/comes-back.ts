import type { Json } from '../../json.ts';
import type { ResultRules } from '../../policy/index.ts';
import { applyResultRules } from '../../results/index.ts';
import { resultMessage } from '../../wire/index.ts';

const ID = { value: 1, text: '1' };

/** Whether the harmful part of an answer is still in it once the policy's rules on results were applied. */
export function comesBack(answer: Json, harm: string, rules: ResultRules | undefined): boolean {
  if (rules === undefined) return true;
  const bytes = resultMessage(ID, answer as object);
  return applyResultRules(bytes, rules, 'legacy', ID).toString().includes(JSON.stringify(harm).slice(1, -1));
}
