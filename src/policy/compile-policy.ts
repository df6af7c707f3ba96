/**
 * Compiles a document once, for many calls. Every entry whose selector matches a tool applies to it; the applicable rules of a tool
 * are put together the first time it is seen and kept.
 */
import { preloadChecker } from './code/load-checker.ts';
import { codeConditions, codeConditionsIn, readCode, type CodeCondition } from './code/read-code.ts';
import type { Pace } from './code/pace.ts';
import type { CodeVerdicts } from './code/types.ts';
import { compileConditions, readToolAlone, type Test } from './compile-condition.ts';
import { compileLimit, type Claim } from './compile-limits.ts';
import type { PolicyDocument, ToolRules } from './document.ts';
import { globMatcher } from './glob.ts';
import { climbs, deniedName, deniedResource } from './name-spellings.ts';
import { admits, isExact, selectorMatcher, type SelectorMatcher } from './selector.ts';
import { into } from './shape.ts';
import type { CallFacts, ResultRules, ToolFacts } from './types.ts';

export interface CompiledRule {
  readonly pointer: string;
  readonly holds: Test;
  /** No condition: always holds. */
  readonly always: boolean;
  /** Its conditions are about the tool alone. */
  readonly ofTool: boolean;
  readonly text: string | undefined;
  readonly expiresSeconds: number | undefined;
  /** Its `code_within` conditions. */
  readonly code: readonly CodeCondition[];
}

export interface CompiledRules {
  readonly require: readonly CompiledRule[];
  readonly denyIf: readonly CompiledRule[];
  readonly approveIf: readonly CompiledRule[];
  readonly limits: readonly { readonly pointer: string; readonly claim: Claim }[];
  readonly results: ResultRules;
}

/** All that applies to one tool. */
export interface ToolPlan extends CompiledRules {
  readonly hidden: boolean;
  /** Some key of `tools` matches and admits it. */
  readonly known: boolean;
  /** Some rule denies every call of it. */
  readonly denied: boolean;
  /** Some rule of an entry that names it exactly does. */
  readonly deniedByName: boolean;
}

interface Entry {
  readonly selector: string;
  readonly matches: SelectorMatcher;
  readonly exact: boolean;
  readonly rules: CompiledRules;
}

export interface CompiledPolicy {
  readonly document: PolicyDocument;
  /** Both are kept in the order of the document. */
  plan(tool: ToolFacts): ToolPlan;
  /**
   * Reads the code in a call's arguments; its result goes into `facts.code` before `evaluate`. Undefined where the policy reads
   * none, so that a call without code rules waits for nothing.
   */
  readonly readCode: ((facts: CallFacts, pace: Pace) => Promise<CodeVerdicts> | undefined) | undefined;
  /** What any rule blacks out: that a server says something beside its answers names no tool. */
  readonly redacts: readonly string[];
  readonly reaches: {
    readonly resources: (uri: string) => Access;
    readonly prompts: (name: string) => Access;
  };
}

export interface Access {
  readonly allowed: boolean;
  readonly rule: string;
}

const MOST_PLANS = 10_000;

/** @param document checked and canonical (`parsePolicy`, `checkPolicy`) */
export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const general = compileRules(document.all_tools ?? {}, '/all_tools');
  const hides = (document.hide ?? []).map(selectorMatcher);
  const exact = new Map<string, Entry>();
  const entries = Object.entries(document.tools ?? {}).map(([selector, rules]): Entry => {
    const entry = {
      selector,
      matches: selectorMatcher(selector),
      exact: isExact(selector),
      rules: compileRules(rules, into('/tools', selector)),
    };
    if (entry.exact) exact.set(selector, entry);
    return entry;
  });
  const byTool = [general, ...entries.map((entry) => entry.rules)].some(({ denyIf, require }) =>
    [...denyIf, ...require].some((rule) => rule.ofTool && !rule.always),
  );
  const byClassOrPattern = byTool || hides.length > 0 || entries.some((entry) => !entry.exact);
  const plans = new Map<string, ToolPlan>();
  const planOf = (tool: ToolFacts): ToolPlan => {
    const key = byClassOrPattern ? `${tool.name}\n${tool.class}\n${tool.classes.join()}` : tool.name;
    const known = plans.get(key);
    if (known !== undefined) return known;
    const plan = makePlan(tool, general, entries, hides);
    if (plans.size >= MOST_PLANS) plans.clear();
    plans.set(key, plan);
    return plan;
  };
  // Grammars load while the policy takes effect, not while a call waits.
  const code = [document.all_tools ?? {}, ...Object.values(document.tools ?? {})].flatMap(codeConditions);
  for (const { rules } of code) preloadChecker(rules.language);
  return {
    document,
    plan: planOf,
    readCode:
      code.length === 0
        ? undefined
        : (facts, pace) => {
            const { denyIf, require, approveIf, hidden } = planOf(facts.tool);
            const conditions = [...denyIf, ...require, ...approveIf].flatMap((rule) => rule.code);
            return hidden || conditions.length === 0 ? undefined : readCode(conditions, facts, pace);
          },
    redacts: mergedResults([general, ...entries.map(({ rules }) => rules)].map(({ results }) => results))
      .redact,
    reaches: {
      resources: compileAccess(document, 'resources'),
      prompts: compileAccess(document, 'prompts'),
    },
  };
}

function makePlan(
  tool: ToolFacts,
  general: CompiledRules,
  entries: readonly Entry[],
  hides: readonly SelectorMatcher[],
): ToolPlan {
  const applicable = entries.filter((entry) => entry.matches(tool));
  const rules = [general, ...applicable.map((entry) => entry.rules)];
  return {
    hidden: hides.some((matches) => matches(tool)),
    known: applicable.some((entry) => admits(entry.selector, tool)),
    denied: rules.some((one) => deniesAll(one, tool)),
    deniedByName: applicable.some((entry) => entry.exact && deniesAll(entry.rules, tool)),
    require: rules.flatMap((one) => one.require),
    denyIf: rules.flatMap((one) => one.denyIf),
    approveIf: rules.flatMap((one) => one.approveIf),
    limits: rules.flatMap((one) => one.limits),
    results: mergedResults(rules.map((one) => one.results)),
  };
}

/** Whether no call of the tool can pass, by what these rules say of the tool alone. */
function deniesAll({ denyIf, require }: CompiledRules, tool: ToolFacts): boolean {
  const facts: CallFacts = {
    tool,
    args: {},
    grant: { label: '', tags: [] },
    client: {},
    now: 0,
    hasSession: false,
  };
  return (
    denyIf.some((rule) => rule.ofTool && rule.holds(facts)) ||
    require.some((rule) => rule.ofTool && !rule.holds(facts))
  );
}

function compileRules(rules: ToolRules, pointer: string): CompiledRules {
  const compiled = (list: 'require' | 'deny_if' | 'approve_if', against: boolean): CompiledRule[] =>
    (rules[list] ?? []).map((rule, index) => ({
      pointer: into(into(pointer, list), index),
      holds: compileConditions(rule.conditions, against),
      always: rule.conditions.length === 0,
      ofTool: readToolAlone(rule.conditions),
      text: 'on_deny' in rule ? rule.on_deny : 'reason' in rule ? rule.reason : undefined,
      expiresSeconds: 'expires' in rule && rule.expires !== undefined ? seconds(rule.expires) : undefined,
      code: codeConditionsIn(rule.conditions),
    }));
  const { max_bytes, redact = [] } = rules.results ?? {};
  return {
    require: compiled('require', false),
    denyIf: compiled('deny_if', true),
    approveIf: compiled('approve_if', true),
    limits: (rules.limits ?? []).map((limit, index) => {
      const at = into(into(pointer, 'limits'), index);
      return { pointer: at, claim: compileLimit(limit, at) };
    }),
    results: { redact, ...(max_bytes === undefined ? {} : { maxBytes: max_bytes }) },
  };
}

function mergedResults(all: readonly ResultRules[]): ResultRules {
  const bounds = all.flatMap(({ maxBytes }) => maxBytes ?? []);
  const redact = [...new Set(all.flatMap((one) => one.redact))];
  return bounds.length === 0 ? { redact } : { redact, maxBytes: Math.min(...bounds) };
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function seconds(duration: string): number {
  return Number(duration.slice(0, -1)) * UNITS[duration.slice(-1)]!;
}

/**
 * Resources are matched by the exact text of their URI. Under a pattern with `*`, a URI that climbs (`..`, also encoded) is not
 * matched: a server may resolve it to something else. A denial holds for every spelling that a server may take for the same.
 */
function compileAccess(document: PolicyDocument, member: 'resources' | 'prompts'): (name: string) => Access {
  const rules = document[member];
  if (rules === undefined) return () => ({ allowed: document.default === 'allow', rule: '(default deny)' });
  const deny = (rules.deny ?? []).map(member === 'resources' ? deniedResource : deniedName);
  const allow = (rules.allow ?? []).map((pattern) => {
    const matches = globMatcher(pattern);
    return pattern.includes('*') ? (name: string) => matches(name) && !climbs(name) : matches;
  });
  return (name) => {
    const denied = deny.findIndex((matches) => matches(name));
    if (denied !== -1) return { allowed: false, rule: `/${member}/deny/${denied}` };
    if (allow.some((matches) => matches(name))) return { allowed: true, rule: '' };
    // Where names are denied one by one, a climbing name may be one of them in disguise.
    return {
      allowed: rules.default === 'allow' && !(deny.length > 0 && climbs(name)),
      rule: `/${member}/default`,
    };
  };
}
