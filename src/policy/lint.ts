/** What is legal but probably not meant. */
import { objectOf, type Json, type JsonObject } from '../json.ts';
import { lintCode } from './code/lint-code.ts';
import type { CodeRules } from './code/types.ts';
import type { Condition, PolicyDocument, Rule, ToolRules } from './document.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Note } from './normalise.ts';
import { OPERATORS } from './operators/index.ts';
import { parsePath } from './path.ts';
import { selectorMatcher } from './selector.ts';
import { into } from './shape.ts';
import type { ToolClass } from './types.ts';

/** A tool that the policy is for, as far as it is known. */
export interface LintTool {
  readonly name: string;
  readonly inputSchema?: JsonObject;
  readonly class?: ToolClass;
}

/** @param tools of the server; without them only the document itself is looked at */
export function lintPolicy(document: PolicyDocument, tools: readonly LintTool[] = []): readonly Note[] {
  const notes: Note[] = [];
  for (const [selector, rules] of Object.entries(document.tools ?? {})) {
    const pointer = into('/tools', selector);
    const matches = selectorMatcher(selector);
    const covered = tools.filter((tool) =>
      matches({ name: tool.name, classes: tool.class === undefined ? [] : [tool.class] }),
    );
    if (tools.length > 0 && covered.length === 0) {
      const meant = didYouMean(
        selector,
        tools.map((tool) => tool.name),
      );
      notes.push({
        pointer,
        message: `no tool of this server matches ${JSON.stringify(selector)}${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      });
    }
    lintRules(rules, pointer, covered, notes);
  }
  if (document.all_tools !== undefined) lintRules(document.all_tools, '/all_tools', [], notes);
  if (document.default === 'allow') lintOpen(document, tools, notes);
  return notes;
}

function lintRules(rules: ToolRules, pointer: string, tools: readonly LintTool[], notes: Note[]): void {
  const always = (rules.deny_if ?? []).findIndex((rule) => rule.conditions.length === 0);
  if (
    always !== -1 &&
    [...(rules.require ?? []), ...(rules.limits ?? []), ...(rules.approve_if ?? [])].length > 0
  ) {
    notes.push({
      pointer: into(into(pointer, 'deny_if'), always),
      message: 'always denies: the other rules of this entry can never matter',
    });
  }
  for (const list of ['require', 'deny_if', 'approve_if'] as const) {
    for (const [index, rule] of ((rules[list] ?? []) as readonly Rule[]).entries()) {
      for (const [place, condition] of rule.conditions.entries()) {
        lintCondition(
          condition,
          list,
          into(into(into(into(pointer, list), index), 'conditions'), place),
          tools,
          notes,
        );
      }
    }
  }
  for (const [index, limit] of (rules.limits ?? []).entries()) {
    const at = into(into(pointer, 'limits'), index);
    if (limit.fail === 'open')
      notes.push({
        pointer: into(at, 'fail'),
        message: 'lets calls through uncounted when the counters cannot be reached',
      });
    if ('increment' in limit && limit.increment === 0)
      notes.push({ pointer: into(at, 'increment'), message: 'a limit that adds nothing never fills' });
    if ('max' in limit && limit.max === 0)
      notes.push({
        pointer: into(at, 'max'),
        message: 'a limit of 0 denies every call; deny_if says so more plainly',
      });
  }
}

function lintCondition(
  condition: Condition,
  list: string,
  pointer: string,
  tools: readonly LintTool[],
  notes: Note[],
): void {
  if ('any_of' in condition)
    return condition.any_of.forEach((inner, index) =>
      lintCondition(inner, list, into(into(pointer, 'any_of'), index), tools, notes),
    );
  if ('all_of' in condition)
    return condition.all_of.forEach((inner, index) =>
      lintCondition(inner, list, into(into(pointer, 'all_of'), index), tools, notes),
    );
  if ('not' in condition) return lintCondition(condition.not, list, into(pointer, 'not'), tools, notes);
  const { op, value } = condition;
  if (op === 'code_within') lintCode(value as CodeRules, list, pointer, notes);
  const doubt = OPERATORS.get(op)?.doubt?.(value as never);
  if (doubt !== undefined) notes.push({ pointer: into(pointer, 'value'), message: doubt });
  if (
    list === 'require' &&
    op === 'regex' &&
    typeof value === 'string' &&
    !(value.startsWith('^') && value.endsWith('$'))
  ) {
    notes.push({
      pointer: into(pointer, 'value'),
      message:
        'a pattern without ^ and $ is found anywhere in the text; a requirement usually means all of it',
    });
  }
  const path = parsePath(condition.path);
  if (typeof path === 'string' || path.root !== 'args') return;
  const first = path.steps[0]?.key;
  for (const { name, inputSchema } of tools) {
    const properties = objectOf(inputSchema?.properties);
    if (typeof first !== 'string' || properties === undefined) continue;
    if (!Object.hasOwn(properties, first)) {
      const meant = didYouMean(first, Object.keys(properties));
      notes.push({
        pointer: into(pointer, 'path'),
        message: `${name} has no argument ${JSON.stringify(first)}${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      });
    } else {
      lintArgument(
        condition,
        list,
        name,
        first,
        objectOf(properties[first]),
        requiredOf(inputSchema),
        path.steps.length === 1,
        pointer,
        notes,
      );
    }
  }
}

const NUMERIC = new Set(['lt', 'lte', 'gt', 'gte']);

function lintArgument(
  { op }: { readonly op: string },
  list: string,
  tool: string,
  argument: string,
  schema: JsonObject | undefined,
  required: readonly Json[],
  direct: boolean,
  pointer: string,
  notes: Note[],
): void {
  if (
    direct &&
    NUMERIC.has(op) &&
    typeof schema?.type === 'string' &&
    !['number', 'integer'].includes(schema.type)
  ) {
    notes.push({
      pointer,
      message: `${op} compares numbers, but ${argument} of ${tool} is declared as ${schema.type}`,
    });
  }
  if (list === 'deny_if' && op !== 'exists' && !required.includes(argument)) {
    notes.push({
      pointer,
      message: `${argument} is optional in ${tool}: a call that leaves it out is not denied by this rule`,
    });
  }
}

/** Under `default: allow`, what is not named stays open. */
function lintOpen(document: PolicyDocument, tools: readonly LintTool[], notes: Note[]): void {
  const named = [...(document.hide ?? []), ...Object.keys(document.tools ?? {})].map(selectorMatcher);
  for (const { name, class: toolClass } of tools) {
    if (toolClass === undefined || toolClass === 'Read' || toolClass === 'Write') continue;
    if (!named.some((matches) => matches({ name, classes: [toolClass] }))) {
      notes.push({
        pointer: '/default',
        message: `${name} (${toolClass}) is open: no entry names it and the default is to allow`,
      });
    }
  }
}

function requiredOf(schema: JsonObject | undefined): readonly Json[] {
  return Array.isArray(schema?.required) ? (schema.required as readonly Json[]) : [];
}
