/** What the builder's buttons stand for: each state of a selector is one shape of its entry in the document. */
import type { PolicyDocument, ToolRules } from '../../../src/policy/document.ts';
import { appendAt, removeAt, setAt, valueAt } from './text-edits.ts';

/** `inherit`: the document does not name it. */
export type SubjectState = 'inherit' | 'allow' | 'ask' | 'deny' | 'hide' | 'custom';

/** `undefined`: all tools. */
export type Subject = string | undefined;

export function rulesOf(document: PolicyDocument, subject: Subject): ToolRules | undefined {
  if (subject === undefined) return document.all_tools;
  return own(document.tools, subject);
}

/** @param document in the canonical form */
export function stateOf(document: PolicyDocument, subject: Subject): SubjectState {
  if (subject !== undefined && Array.isArray(document.hide) && document.hide.includes(subject)) return 'hide';
  const rules = rulesOf(document, subject);
  if (rules === undefined) return 'inherit';
  const members = Object.entries(rules).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  if (members.length === 0) return 'allow';
  if (members.length > 1) return 'custom';
  const [name, value] = members[0]!;
  if (name === 'deny_if' && always(value)) return 'deny';
  if (name === 'approve_if' && always(value)) return 'ask';
  return 'custom';
}

/** One rule that holds for every call. */
function always(rules: unknown): boolean {
  if (!Array.isArray(rules) || rules.length !== 1) return false;
  const conditions = (rules[0] as { readonly conditions?: unknown }).conditions;
  return Array.isArray(conditions) && conditions.length === 0;
}

const ENTRIES = {
  allow: {},
  ask: { approve_if: [{ conditions: [] }] },
  deny: { deny_if: [{ conditions: [] }] },
} as const;

/** The text with a selector in another state. `custom` keeps the rules that are there. */
export function withState(text: string, subject: Subject, state: SubjectState): string {
  if (subject === undefined) return withAllTools(text, state);
  const hidden = valueAt(text, ['hide']);
  const place = Array.isArray(hidden) ? hidden.indexOf(subject) : -1;
  const shown = place === -1 ? text : removeAt(text, ['hide', place]);
  if (state === 'hide') return place === -1 ? appendAt(withoutEntry(text, subject), ['hide'], subject) : text;
  if (state === 'inherit') return withoutEntry(shown, subject);
  if (state === 'custom') {
    const entry = valueAt(shown, ['tools', subject]) as { readonly action?: unknown } | undefined;
    return entry === undefined || entry.action === 'hide' ? setAt(shown, ['tools', subject], {}) : shown;
  }
  return setAt(shown, ['tools', subject], ENTRIES[state]);
}

function withAllTools(text: string, state: SubjectState): string {
  if (state === 'inherit') return setAt(text, ['all_tools'], undefined);
  if (state === 'custom' || state === 'hide')
    return valueAt(text, ['all_tools']) === undefined ? setAt(text, ['all_tools'], {}) : text;
  return setAt(text, ['all_tools'], ENTRIES[state]);
}

function withoutEntry(text: string, subject: string): string {
  if (valueAt(text, ['tools', subject]) === undefined) return text;
  const tools = valueAt(text, ['tools']) as object;
  return setAt(text, Object.keys(tools).length === 1 ? ['tools'] : ['tools', subject], undefined);
}

function own<Value>(members: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return typeof members === 'object' && members !== null && Object.hasOwn(members, name)
    ? members[name]
    : undefined;
}
