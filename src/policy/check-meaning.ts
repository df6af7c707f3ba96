/** What a document of the right shape can still get wrong: paths, operators and their values, counters that contradict each other. */
import type { Problem } from '../errors.ts';
import { counterFacts } from './counter-facts.ts';
import type { Condition, Limit, PolicyDocument, ToolRules } from './document.ts';
import { didYouMean } from './did-you-mean.ts';
import { OPERATORS } from './operators/index.ts';
import { hasWildcard, parsePath } from './path.ts';
import { into } from './shape.ts';

/** @param document as written: every accepted spelling may still be in it */
export function checkMeaning(document: PolicyDocument, problems: Problem[]): void {
  const counters = new Map<string, { facts: string; pointer: string }>();
  const patterns = { stepsLeft: MOST_PATTERN_STEPS };
  const seen = new Set<string>();
  for (const [index, selector] of (document.hide ?? []).entries()) {
    if (seen.has(selector))
      problems.push({
        pointer: into('/hide', index),
        message: `${JSON.stringify(selector)} is listed twice`,
      });
    seen.add(selector);
  }
  if (document.all_tools !== undefined)
    checkRules(document.all_tools, '/all_tools', counters, patterns, problems);
  for (const [selector, rules] of Object.entries(document.tools ?? {}))
    checkRules(rules, into('/tools', selector), counters, patterns, problems);
}

type Written = ToolRules & {
  readonly action?: string;
  readonly reason?: string;
  readonly approval_timeout?: string;
};
/** Compiling them takes about a quarter of a second, in which nothing else is served. */
const MOST_PATTERN_STEPS = 50_000;
interface Patterns {
  stepsLeft: number;
}
type Counters = Map<string, { facts: string; pointer: string }>;

function checkRules(
  rules: Written,
  pointer: string,
  counters: Counters,
  patterns: Patterns,
  problems: Problem[],
): void {
  for (const list of ['require', 'deny_if', 'approve_if'] as const) {
    for (const [index, rule] of (rules[list] ?? []).entries()) {
      const at = into(into(pointer, list), index);
      if ('conditions' in rule)
        for (const [place, condition] of rule.conditions.entries())
          checkCondition(condition, into(into(at, 'conditions'), place), problems, patterns);
      else checkCondition(rule as unknown as Condition, at, problems, patterns);
    }
  }
  for (const [index, limit] of (rules.limits ?? []).entries())
    checkLimit(limit, into(into(pointer, 'limits'), index), counters, problems);
  checkAction(rules, pointer, problems);
}

function checkAction(
  { action, reason, approval_timeout }: Written,
  pointer: string,
  problems: Problem[],
): void {
  if (reason !== undefined && action !== 'deny' && action !== 'require_approval') {
    problems.push({
      pointer: into(pointer, 'reason'),
      message: 'goes with "action": "deny" or "require_approval"',
    });
  }
  if (approval_timeout !== undefined && action !== 'require_approval') {
    problems.push({
      pointer: into(pointer, 'approval_timeout'),
      message: 'goes with "action": "require_approval"',
    });
  }
}

function checkCondition(
  condition: Condition,
  pointer: string,
  problems: Problem[],
  patterns: Patterns,
): void {
  if ('any_of' in condition)
    return condition.any_of.forEach((inner, index) =>
      checkCondition(inner, into(into(pointer, 'any_of'), index), problems, patterns),
    );
  if ('all_of' in condition)
    return condition.all_of.forEach((inner, index) =>
      checkCondition(inner, into(into(pointer, 'all_of'), index), problems, patterns),
    );
  if ('not' in condition) return checkCondition(condition.not, into(pointer, 'not'), problems, patterns);
  checkPath(condition.path, into(pointer, 'path'), problems);
  const operator = OPERATORS.get(condition.op);
  if (operator === undefined) {
    const meant = didYouMean(condition.op, [...OPERATORS.keys()]);
    const hint =
      meant === undefined ? `known are ${[...OPERATORS.keys()].join(', ')}` : `did you mean "${meant}"?`;
    problems.push({
      pointer: into(pointer, 'op'),
      message: `unknown operator ${JSON.stringify(condition.op)}: ${hint}`,
    });
    return;
  }
  const at = into(pointer, 'value');
  if (!Object.hasOwn(condition, 'value')) {
    problems.push({ pointer: at, message: `missing: what ${condition.op} compares with` });
    return;
  }
  const before = problems.length;
  operator.operand.check(condition.value, at, problems);
  if (problems.length > before) return;
  patterns.stepsLeft -= operator.patternSteps?.(condition.value as never) ?? 0;
  const problem =
    patterns.stepsLeft < 0
      ? `with it, the patterns of the policy compile to more than ${MOST_PATTERN_STEPS} steps`
      : operator.problem?.(condition.value as never);
  if (problem !== undefined) problems.push({ pointer: at, message: `${condition.op}: ${problem}` });
}

function checkPath(
  path: string,
  pointer: string,
  problems: Problem[],
  kind: 'any' | 'argument' = 'any',
): void {
  const parsed = parsePath(path);
  if (typeof parsed === 'string') problems.push({ pointer, message: `${JSON.stringify(path)} ${parsed}` });
  else if (
    kind === 'argument' &&
    (parsed.root !== 'args' || parsed.steps.length === 0 || hasWildcard(parsed))
  ) {
    problems.push({
      pointer,
      message: `${JSON.stringify(path)} must name one argument, such as "args.amount"`,
    });
  }
}

function checkLimit(limit: Limit, pointer: string, counters: Counters, problems: Problem[]): void {
  if (limit.by !== undefined) checkPath(limit.by, into(pointer, 'by'), problems, 'argument');
  if ('concurrent' in limit) return;
  if (limit.increment_from !== undefined)
    checkPath(limit.increment_from, into(pointer, 'increment_from'), problems, 'argument');
  if (limit.increment !== undefined && limit.increment_from !== undefined) {
    problems.push({
      pointer: into(pointer, 'increment_from'),
      message: 'either increment or increment_from, not both',
    });
  }
  const facts = counterFacts(limit);
  const known = counters.get(limit.counter);
  if (known === undefined) counters.set(limit.counter, { facts, pointer });
  else if (known.facts !== facts) {
    problems.push({
      pointer: into(pointer, 'counter'),
      message: `the counter "${limit.counter}" is used at ${known.pointer} too, with another window, scope, algorithm or by; give it another name or make them agree`,
    });
  }
}
