/** The verdict on one call. Pure: the same facts and the same counters give the same verdict. */
import { describeObjections } from './code/describe-objections.ts';
import type { CompiledPolicy, CompiledRule, ToolPlan } from './compile-policy.ts';
import { merged } from './compile-limits.ts';
import { limitMessage } from './limit-message.ts';
import type {
  CallFacts,
  EarlierCall,
  LimitPeek,
  Reservation,
  ResultRules,
  Step,
  ToolFacts,
  Verdict,
} from './types.ts';
import { lostAnswerMessage, mayActTwice, UNKNOWN_OUTCOME } from './unknown-outcome.ts';

const NO_RESERVATIONS: readonly Reservation[] = [];
const NO_TRACE: readonly Step[] = [];
const ALLOWED: Verdict = {
  outcome: 'allow',
  rule: '',
  message: '',
  reservations: NO_RESERVATIONS,
  trace: NO_TRACE,
};
const DEFAULT_EXPIRES_SECONDS = 900;

export interface EvaluateOptions {
  /** Fill `trace` with every rule looked at. */
  readonly trace?: boolean;
}

/** @param policy null: the grant has none, which denies */
export function evaluate(
  policy: CompiledPolicy | null,
  facts: CallFacts,
  peek: LimitPeek,
  options: EvaluateOptions = {},
): Verdict {
  const trace: Step[] | undefined = options.trace === true ? [] : undefined;
  const { name } = facts.tool;
  if (policy === null)
    return denied('(no policy)', 'This grant has no policy, and so may call nothing.', trace);
  const plan = policy.plan(facts.tool);
  if (plan.hidden) return { ...denied('(hidden)', `Unknown tool: ${name}`, trace), hidden: true };
  trace?.push({ rule: '(hidden)', result: 'passed', detail: `${name} is not hidden` });
  if (!plan.known && policy.document.default === 'deny') {
    return denied('(default deny)', `${name} is not permitted by this policy (default deny).`, trace);
  }
  trace?.push({
    rule: '/default',
    result: 'passed',
    detail: plan.known ? `an entry of tools names ${name}` : 'the default is to allow',
  });
  return judged(plan, facts, peek, trace);
}

function judged(plan: ToolPlan, facts: CallFacts, peek: LimitPeek, trace: Step[] | undefined): Verdict {
  for (const rule of plan.denyIf) {
    const holds = rule.holds(facts);
    trace?.push({
      rule: rule.pointer,
      result: holds ? 'denied' : 'passed',
      detail: reasoned(holds ? 'the condition holds' : 'the condition does not hold', rule, facts),
    });
    if (holds)
      return denied(
        rule.pointer,
        reasoned(rule.text ?? `${facts.tool.name} is denied by this policy (${rule.pointer}).`, rule, facts),
        trace,
        false,
      );
  }
  for (const rule of plan.require) {
    const holds = rule.holds(facts);
    trace?.push({
      rule: rule.pointer,
      result: holds ? 'passed' : 'denied',
      detail: reasoned(holds ? 'the requirement is met' : 'the requirement is not met', rule, facts),
    });
    if (!holds)
      return denied(
        rule.pointer,
        reasoned(
          rule.text ?? `The call does not meet a requirement of this policy (${rule.pointer}).`,
          rule,
          facts,
        ),
        trace,
        false,
      );
  }
  const wrong = facts.tool.checkInput?.(facts.args);
  if (wrong !== undefined)
    return denied('(input schema)', `The arguments do not fit the tool's input schema: ${wrong}`, trace);
  trace?.push({
    rule: '(input schema)',
    result: facts.tool.checkInput === undefined ? 'skipped' : 'passed',
    detail: 'the arguments against the schema of the tool',
  });
  const earlier = mayActTwice(facts.tool) ? facts.earlier : undefined;
  if (plan.limits.length === 0 && plan.approveIf.length === 0 && earlier === undefined)
    return trace === undefined ? ALLOWED : { ...ALLOWED, trace };
  const reservations = claims(plan, facts, trace);
  if (!Array.isArray(reservations)) return reservations as Verdict;
  // Whoever reserves right after this finds out by that.
  const asks = plan.approveIf.length > 0 || earlier !== undefined;
  const refusal = trace !== undefined || asks ? peek(reservations) : undefined;
  if (refusal !== undefined) {
    trace?.push({
      rule: refusal.reservation.rule,
      result: 'denied',
      detail: `${refusal.used} of ${refusal.reservation.max} are used`,
    });
    const verdict = denied(refusal.reservation.rule, limitMessage(refusal), trace, false);
    return refusal.retryAfterSeconds === undefined
      ? verdict
      : { ...verdict, retryAfterSeconds: refusal.retryAfterSeconds };
  }
  for (const { rule, max } of trace === undefined ? [] : reservations)
    trace!.push({ rule, result: 'passed', detail: `there is room below ${max}` });
  const ruled = approval(plan, facts, trace);
  const waiting = earlier === undefined ? ruled : repeated(ruled, earlier, trace);
  if (waiting !== undefined) return { ...waiting, reservations };
  return { outcome: 'allow', rule: '', message: '', reservations, trace: trace ?? NO_TRACE };
}

/** The sentence, and what a reader of code objected to. */
function reasoned(sentence: string, rule: CompiledRule, facts: CallFacts): string {
  const objections = rule.code.length === 0 ? '' : describeObjections(rule.code, facts);
  return objections === '' ? sentence : `${sentence} (${objections})`;
}

function claims(
  plan: ToolPlan,
  facts: CallFacts,
  trace: Step[] | undefined,
): readonly Reservation[] | Verdict {
  if (plan.limits.length === 0) return NO_RESERVATIONS as Reservation[];
  const reservations: Reservation[] = [];
  for (const { pointer, claim } of plan.limits) {
    const claimed = claim(facts);
    if (typeof claimed === 'string') return denied(pointer, `The call cannot be counted: ${claimed}.`, trace);
    reservations.push(claimed);
  }
  return merged(reservations);
}

function approval(plan: ToolPlan, facts: CallFacts, trace: Step[] | undefined): Verdict | undefined {
  let waiting: CompiledRule | undefined;
  for (const rule of plan.approveIf) {
    const holds = rule.holds(facts);
    trace?.push({
      rule: rule.pointer,
      result: holds ? 'needs_approval' : 'passed',
      detail: holds ? 'a person must agree' : 'no approval needed',
    });
    if (holds) {
      waiting = rule;
      break;
    }
  }
  if (waiting === undefined) return undefined;
  const message = waiting.text ?? `${facts.tool.name} needs the approval of a person.`;
  const { expiresSeconds = DEFAULT_EXPIRES_SECONDS } = waiting;
  return needed(waiting.pointer, message, trace, { approvalExpiresSeconds: expiresSeconds });
}

/** A rule that asks anyway stays the one that asks, and says the other thing too. */
function repeated(ruled: Verdict | undefined, earlier: EarlierCall, trace: Step[] | undefined): Verdict {
  const message = lostAnswerMessage(earlier);
  trace?.push({ rule: UNKNOWN_OUTCOME, result: 'needs_approval', detail: message });
  if (ruled !== undefined) return { ...ruled, message: `${ruled.message} ${message}`, earlier };
  return needed(UNKNOWN_OUTCOME, message, trace, { earlier });
}

function needed(
  rule: string,
  message: string,
  trace: Step[] | undefined,
  more: Pick<Verdict, 'approvalExpiresSeconds' | 'earlier'>,
): Verdict {
  return {
    outcome: 'needs_approval',
    rule,
    message,
    reservations: NO_RESERVATIONS,
    trace: trace ?? NO_TRACE,
    approvalExpiresSeconds: DEFAULT_EXPIRES_SECONDS,
    ...more,
  };
}

function denied(rule: string, message: string, trace: Step[] | undefined, add = true): Verdict {
  if (add) trace?.push({ rule, result: 'denied', detail: message });
  return { outcome: 'deny', rule, message, reservations: NO_RESERVATIONS, trace: trace ?? NO_TRACE };
}

/**
 * Whether a tool belongs into the caller's list: it is not hidden and some call of it could pass, or an entry that names it exactly
 * denies it always, so that the agent can read why.
 */
export function isListed(policy: CompiledPolicy | null, tool: ToolFacts): boolean {
  if (policy === null) return false;
  const plan = policy.plan(tool);
  if (plan.hidden || (!plan.known && policy.document.default === 'deny')) return false;
  return plan.deniedByName || !plan.denied;
}

export function resultRules(policy: CompiledPolicy | null, tool: ToolFacts): ResultRules | undefined {
  return policy?.plan(tool).results;
}

/** Whether a resource may be reached. */
export function decideResource(policy: CompiledPolicy | null, uri: string): Verdict {
  return access(policy, policy?.reaches.resources(uri), `The resource ${uri}`);
}

/** Whether a prompt may be reached. */
export function decidePrompt(policy: CompiledPolicy | null, name: string): Verdict {
  return access(policy, policy?.reaches.prompts(name), `The prompt ${name}`);
}

function access(
  policy: CompiledPolicy | null,
  found: { allowed: boolean; rule: string } | undefined,
  what: string,
): Verdict {
  if (policy === null || found === undefined)
    return denied('(no policy)', 'This grant has no policy, and so may reach nothing.', undefined);
  return found.allowed
    ? ALLOWED
    : denied(found.rule, `${what} is not permitted by this policy (${found.rule}).`, undefined);
}
