/** Conditions, rules and limits as sentences. */
import type { Condition, Limit, ToolRules } from '../../../src/policy/document.ts';
import { OPERATOR_LOOKS } from './operators.ts';

function conditionText(condition: Condition): string {
  if (typeof condition !== 'object' || condition === null) return '…';
  if ('any_of' in condition) return `(${condition.any_of.map(conditionText).join(' or ')})`;
  if ('all_of' in condition) return `(${condition.all_of.map(conditionText).join(' and ')})`;
  if ('not' in condition) return `not ${conditionText(condition.not)}`;
  const name = String(condition.path).replace(/^args\./, '');
  if (condition.op === 'exists') return `${name} is ${condition.value === false ? 'not given' : 'given'}`;
  return `${name} ${OPERATOR_LOOKS[condition.op]?.reads ?? condition.op} ${condition.op === 'code_within' ? codeText(condition.value) : valueText(condition.value)}`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value === 'string') return `“${value}”`;
  return JSON.stringify(value) ?? '…';
}

/** Such as `python (imports json, math)`. */
function codeText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '…';
  const { language, ...lists } = value as Readonly<Record<string, unknown>>;
  const said = Object.entries(lists).map(
    ([member, names]) => `${member} ${[names].flat().map(String).join(', ')}`,
  );
  return `${String(language)}${said.length === 0 ? '' : ` (${said.join('; ')})`}`;
}

export function limitText(limit: Limit): string {
  const who = WHO[limit.scope ?? 'grant'] ?? '';
  const by = limit.by === undefined ? '' : ` for each ${limit.by.replace(/^args\./, '')}`;
  if ('concurrent' in limit) return `at most ${limit.concurrent} at once ${who}${by}`;
  const unit =
    limit.increment_from === undefined
      ? limit.max === 1
        ? 'call'
        : 'calls'
      : `of ${limit.increment_from.replace(/^args\./, '')} in total`;
  return `at most ${limit.max} ${unit} ${windowText(limit.window)} ${who}${by}`;
}

const WHO: Readonly<Record<string, string>> = {
  grant: 'with one grant',
  session: 'in one session',
  server: 'on this server',
  organization: 'in the organization',
};

function windowText(window: unknown): string {
  return typeof window === 'number'
    ? `every ${window} seconds`
    : `a ${String(window)}`.replace('a hour', 'an hour');
}

/** What an entry's rules ask for, one sentence each. */
export function ruleSentences(rules: ToolRules): readonly string[] {
  const all = (conditions: readonly Condition[]): string => conditions.map(conditionText).join(' and ');
  return [
    ...(rules.require ?? []).map(({ conditions = [] }) =>
      conditions.length === 0 ? 'no further requirement' : `only if ${all(conditions)}`,
    ),
    ...(rules.deny_if ?? []).map(({ conditions = [] }) =>
      conditions.length === 0 ? 'never' : `not if ${all(conditions)}`,
    ),
    ...(rules.approve_if ?? []).map(({ conditions = [] }) =>
      conditions.length === 0 ? 'after a person agrees' : `after a person agrees if ${all(conditions)}`,
    ),
    ...(rules.limits ?? []).map(limitText),
    ...(rules.results?.max_bytes === undefined
      ? []
      : [`results of at most ${rules.results.max_bytes} bytes`]),
    ...(rules.results?.redact === undefined ? [] : [`results without ${rules.results.redact.join(' and ')}`]),
  ];
}
