/** The pass before a verdict: reads the code in a call's arguments, so that the verdict itself need not wait. */
import type { Condition, ToolRules } from '../document.ts';
import { parsePath, resolverOfAll, type ResolveAll } from '../path.ts';
import type { CallFacts } from '../types.ts';
import { judgeCode, MOST_CODE_MS } from './judge-code.ts';
import { loadChecker } from './load-checker.ts';
import type { Pace } from './pace.ts';
import type { CodeRules, CodeVerdict, CodeVerdicts } from './types.ts';

/** One `code_within` condition. */
export interface CodeCondition {
  readonly path: string;
  readonly rules: CodeRules;
  readonly values: ResolveAll;
}

/** The `code_within` conditions of an entry, at any depth. */
export function codeConditions(rules: ToolRules): readonly CodeCondition[] {
  return (['require', 'deny_if', 'approve_if'] as const)
    .flatMap((list) => rules[list] ?? [])
    .flatMap((rule) => codeConditionsIn(rule.conditions));
}

export function codeConditionsIn(conditions: readonly Condition[]): readonly CodeCondition[] {
  return conditions.flatMap((condition) => {
    if ('any_of' in condition) return codeConditionsIn(condition.any_of);
    if ('all_of' in condition) return codeConditionsIn(condition.all_of);
    if ('not' in condition) return codeConditionsIn([condition.not]);
    if (condition.op !== 'code_within') return [];
    const path = parsePath(condition.path);
    if (typeof path === 'string') throw new TypeError(`${condition.path} ${path}`);
    return [
      { path: condition.path, rules: condition.value as unknown as CodeRules, values: resolverOfAll(path) },
    ];
  });
}

/** @returns a verdict for every text that a condition names; texts that are not there or no strings have none */
export async function readCode(
  conditions: readonly CodeCondition[],
  facts: CallFacts,
  pace: Pace,
): Promise<CodeVerdicts> {
  // A grammar that is still being loaded, once in a process, is no text that takes long.
  await Promise.allSettled(conditions.map(({ rules }) => loadChecker(rules.language)));
  const deadline = pace.now() + MOST_CODE_MS;
  const verdicts = new Map<object, Map<string, CodeVerdict>>();
  for (const { rules, values } of conditions) {
    const known = verdicts.get(rules) ?? new Map<string, CodeVerdict>();
    verdicts.set(rules, known);
    for (const text of values(facts))
      if (typeof text === 'string' && !known.has(text))
        known.set(text, await judgeCode(text, rules, pace, deadline));
  }
  return verdicts;
}
