/**
 * Conditions as closures. What cannot be judged counts against the call: `against` is the answer that does so at this place of
 * the tree: false where a rule must hold, true where it denies, and the other way round under `not`.
 */
import type { Json } from '../json.ts';
import type { Condition } from './document.ts';
import { OPERATORS, type Operator } from './operators/index.ts';
import { hasWildcard, MISSING, parsePath, resolver, resolverOfAll, UNJUDGEABLE, type Found } from './path.ts';
import type { CallFacts } from './types.ts';

export type Test = (facts: CallFacts) => boolean;

/** All conditions of a rule together. @param against what an unjudgeable value makes of the rule: false for `require`, true for the others */
export function compileConditions(conditions: readonly Condition[], against: boolean): Test {
  const tests = conditions.map((condition) => compileCondition(condition, against, false));
  if (tests.length === 0) return () => true;
  if (tests.length === 1) return tests[0]!;
  return (facts) => tests.every((test) => test(facts));
}

/** Whether nothing but the tool decides: then a rule says the same of all its calls. */
export function readToolAlone(conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => {
    if ('any_of' in condition) return readToolAlone(condition.any_of);
    if ('all_of' in condition) return readToolAlone(condition.all_of);
    if ('not' in condition) return readToolAlone([condition.not]);
    const path = parsePath(condition.path);
    return typeof path !== 'string' && (path.root === 'tool.name' || path.root === 'tool.class');
  });
}

function compileCondition(condition: Condition, against: boolean, negated: boolean): Test {
  if ('any_of' in condition) {
    const tests = condition.any_of.map((inner) => compileCondition(inner, against, negated));
    return (facts) => tests.some((test) => test(facts));
  }
  if ('all_of' in condition) {
    const tests = condition.all_of.map((inner) => compileCondition(inner, against, negated));
    return (facts) => tests.every((test) => test(facts));
  }
  if ('not' in condition) {
    const test = compileCondition(condition.not, !against, !negated);
    return (facts) => !test(facts);
  }
  const operator = OPERATORS.get(condition.op)!;
  const path = parsePath(condition.path);
  if (typeof path === 'string') throw new TypeError(`${condition.path} ${path}`);
  const holds = compileValueTest(operator, condition.value, against, negated);
  if (!hasWildcard(path)) {
    const resolve = resolver(path);
    return (facts) => holds(resolve(facts), facts);
  }
  const resolveAll = resolverOfAll(path);
  // Every element must satisfy a requirement, one is enough to deny; `not` turns it round.
  return against
    ? (facts) => resolveAll(facts).some((value) => holds(value, facts))
    : (facts) => resolveAll(facts).every((value) => holds(value, facts));
}

function compileValueTest(
  operator: Operator,
  operand: unknown,
  against: boolean,
  negated: boolean,
): (value: Found, facts: CallFacts) => boolean {
  const judge = operator.prepare(operand as never);
  const whenMissing = operator.absent?.(operand as never) ?? missing(operator.negative, against, negated);
  return (value, facts) => {
    if (value === MISSING) return whenMissing;
    if (value === UNJUDGEABLE) return against;
    return judge(value as Json, facts) ?? against;
  };
}

/**
 * A positive operator on a missing value does not hold; a negative one counts against the call. Under `not` a positive operator
 * reads as a negative one, and the other way round.
 */
function missing(negative: boolean, against: boolean, negated: boolean): boolean {
  return negative === negated ? negated : against;
}
