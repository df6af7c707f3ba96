/** What a whole document makes of one tool, as far as that can be said without a call. */
import { isObject } from '../../../src/json.ts';
import type { PolicyDocument, Rule, ToolRules } from '../../../src/policy/document.ts';
import { admits, selectorMatcher } from '../../../src/policy/selector.ts';
import type { ToolClass } from '../../../src/policy/types.ts';

export interface NamedTool {
  readonly name: string;
  readonly class: ToolClass;
  readonly classes: readonly ToolClass[];
}

export interface Effect {
  readonly kind: 'allow' | 'conditional' | 'ask' | 'deny' | 'hide';
  /** The selectors that decided, "all tools", or "default". */
  readonly by: readonly string[];
}

const ALL = 'all tools';

export function effectOn(document: PolicyDocument, tool: NamedTool): Effect {
  const hiding = list(document.hide).filter((selector) => matches(selector, tool));
  if (hiding.length > 0) return { kind: 'hide', by: hiding };
  const entries = Object.entries(objectOf(document.tools)).filter(([selector]) => matches(selector, tool));
  const admitted = entries.some(([selector]) => admits(selector, tool));
  if (!admitted && document.default !== 'allow') return { kind: 'deny', by: ['default'] };
  const every: [string, ToolRules][] =
    document.all_tools === undefined ? entries : [...entries, [ALL, document.all_tools]];
  const denying = every.filter(([, rules]) => holdsAlways(rules.deny_if));
  if (denying.length > 0) return { kind: 'deny', by: denying.map(([name]) => name) };
  const asking = every.filter(([, rules]) => holdsAlways(rules.approve_if));
  if (asking.length > 0) return { kind: 'ask', by: asking.map(([name]) => name) };
  const ruled = every.filter(([, rules]) => ruleCount(rules) > 0);
  if (ruled.length > 0) return { kind: 'conditional', by: ruled.map(([name]) => name) };
  return { kind: 'allow', by: entries.length > 0 ? entries.map(([name]) => name) : ['default'] };
}

/** How many requirements, denials, approvals and limits there are. */
export function ruleCount(rules: ToolRules): number {
  return [rules.require, rules.deny_if, rules.approve_if, rules.limits].reduce(
    (sum, one) => sum + list<unknown>(one).length,
    0,
  );
}

function matches(selector: string, tool: NamedTool): boolean {
  return typeof selector === 'string' && selectorMatcher(selector)(tool);
}

function holdsAlways(rules: readonly Pick<Rule, 'conditions'>[] | undefined): boolean {
  return list(rules).some((rule) => Array.isArray(rule?.conditions) && rule.conditions.length === 0);
}

/** The document is as somebody typed it, so nothing is certain. */
function list<Item>(value: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(value) ? (value as readonly Item[]) : [];
}

function objectOf<Value>(
  value: Readonly<Record<string, Value>> | undefined,
): Readonly<Record<string, Value>> {
  return isObject(value) ? value : {};
}
