/**
 * Converts the YAML of PolicyLayer's Intercept proxy. What has no equal here, or means something else, is listed, so that the owner
 * reads the result before trusting it.
 */
import { isObject } from '../json.ts';
import type { Problem } from '../errors.ts';
import type { Condition, Limit, PolicyDocument, Rule, ToolRules } from './document.ts';
import { define } from './normalise.ts';
import { checkPolicy } from './parse-policy.ts';
import { readText } from './read-text.ts';
import { into } from './shape.ts';

export type Imported =
  | { readonly ok: true; readonly document: PolicyDocument; readonly changes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

interface InterceptRule {
  readonly name?: string;
  readonly action?: string;
  readonly conditions?: readonly { readonly path: string; readonly op: string; readonly value?: unknown }[];
  readonly rate_limit?: string;
  readonly on_deny?: string;
  readonly reason?: string;
  readonly approval_timeout?: string;
  readonly state?: {
    readonly counter: string;
    readonly window: string;
    readonly increment?: number;
    readonly increment_from?: string;
  };
}

/** Never throws. */
export function importIntercept(text: string): Imported {
  const read = readText(text, 'yaml');
  if ('problems' in read) return { ok: false, problems: read.problems };
  const { value } = read;
  if (!isObject(value) || !isObject(value.tools)) {
    return {
      ok: false,
      problems: [
        {
          pointer: '/tools',
          message: 'expected an Intercept policy: a map of tools with rules',
          ...read.place(''),
        },
      ],
    };
  }
  const lost = Object.entries(value.tools).flatMap(([name, entry]) => unconvertible(name, entry));
  if (lost.length > 0)
    return { ok: false, problems: lost.map((problem) => ({ ...problem, ...read.place(problem.pointer) })) };
  const changes: string[] = [];
  const tools: Record<string, ToolRules> = {};
  let all: ToolRules | undefined;
  for (const [name, entry] of Object.entries(value.tools)) {
    const rules = isObject(entry) && Array.isArray(entry.rules) ? (entry.rules as InterceptRule[]) : [];
    const converted = convertRules(rules, name, changes);
    if (name !== '*') define(tools, name, converted);
    else {
      all = converted;
      changes.push('the tool key "*" became all_tools');
    }
  }
  if (value.default === undefined)
    changes.push('no default was given; Intercept then allows, so "default": "allow" was written out');
  const document = {
    version: '1',
    ...(typeof value.description === 'string' ? { description: value.description } : {}),
    default: value.default ?? 'allow',
    ...(Array.isArray(value.hide) ? { hide: value.hide } : {}),
    ...(all === undefined ? {} : { all_tools: all }),
    tools,
  };
  const checked = checkPolicy(document);
  return checked.ok
    ? { ok: true, document: checked.document, changes }
    : { ok: false, problems: checked.problems };
}

const MEMBERS = new Set([
  'name',
  'action',
  'conditions',
  'rate_limit',
  'on_deny',
  'reason',
  'approval_timeout',
  'state',
]);
const ACTIONS = new Set(['deny', 'evaluate', 'allow', 'require_approval']);

/** What has no equal here stops the import: a check that is left out silently is a hole. */
function unconvertible(tool: string, entry: unknown): Problem[] {
  const at = into('/tools', tool);
  if (!isObject(entry) || !Array.isArray(entry.rules))
    return [{ pointer: at, message: 'expected { rules: [ … ] }' }];
  const problems: Problem[] = Object.keys(entry)
    .filter((name) => name !== 'rules')
    .map((name) => ({
      pointer: into(at, name),
      message: 'has no equal here; take it out and say it in the new policy',
    }));
  for (const [index, rule] of entry.rules.entries()) {
    const pointer = into(into(at, 'rules'), index);
    if (!isObject(rule)) problems.push({ pointer, message: 'expected an object' });
    else problems.push(...unconvertibleRule(rule, tool, pointer));
  }
  return problems;
}

function unconvertibleRule(
  rule: Readonly<Record<string, unknown>>,
  tool: string,
  pointer: string,
): Problem[] {
  const problems: Problem[] = Object.keys(rule)
    .filter((name) => !MEMBERS.has(name))
    .map((name) => ({ pointer: into(pointer, name), message: 'has no equal here, or is misspelt' }));
  const { action = 'evaluate', conditions = [], state } = rule as InterceptRule;
  if (!ACTIONS.has(action))
    problems.push({ pointer: into(pointer, 'action'), message: `unknown action ${JSON.stringify(action)}` });
  if (!Array.isArray(conditions))
    return [...problems, { pointer: into(pointer, 'conditions'), message: 'expected an array' }];
  if (action === 'deny' && conditions.length > 0)
    problems.push({
      pointer: into(pointer, 'conditions'),
      message: 'a denial with conditions: write it as deny_if yourself',
    });
  for (const [index, condition] of conditions.entries()) {
    const path = isObject(condition) && typeof condition.path === 'string' ? condition.path : '';
    const own = state !== undefined && path === `state.${tool === '*' ? '_global' : tool}.${state.counter}`;
    const bounded =
      isObject(condition) &&
      (condition.op === 'lt' || condition.op === 'lte') &&
      typeof condition.value === 'number';
    if (path === '')
      problems.push({
        pointer: into(into(pointer, 'conditions'), index),
        message: 'expected a condition with a path',
      });
    else if (path.startsWith('state.') && !(own && bounded))
      problems.push({
        pointer: into(into(pointer, 'conditions'), index),
        message: 'only lt or lte on the counter of the same rule can be converted',
      });
  }
  return problems;
}

function convertRules(rules: readonly InterceptRule[], tool: string, changes: string[]): ToolRules {
  const require: Rule[] = [];
  const denyIf: Rule[] = [];
  const approveIf: { conditions: Condition[]; reason?: string; expires?: string }[] = [];
  const limits: Limit[] = [];
  for (const [index, rule] of rules.entries()) {
    const label = rule.name ?? into(tool, index);
    const onDeny = rule.on_deny ?? rule.reason;
    const said = onDeny === undefined ? {} : { on_deny: onDeny };
    const tests = (rule.conditions ?? [])
      .filter(({ path }) => !path.startsWith('state.'))
      .map(convertCondition);
    if (rule.rate_limit !== undefined) limits.push(rateLimit(rule.rate_limit, tool, said, label, changes));
    else if (rule.action === 'deny') denyIf.push({ conditions: [], ...said });
    else if (rule.action === 'require_approval') {
      approveIf.push({
        conditions: tests,
        ...(onDeny === undefined ? {} : { reason: onDeny }),
        ...(rule.approval_timeout === undefined ? {} : { expires: rule.approval_timeout }),
      });
    } else if (tests.length > 0) {
      require.push({ conditions: tests, ...said });
      changes.push(
        `${label}: conditions that must hold became a requirement; missing arguments are denied, as before`,
      );
    }
    const limit = stateLimit(rule, tool, said, label, changes);
    if (limit !== undefined) limits.push(limit);
  }
  return {
    ...(require.length > 0 ? { require } : {}),
    ...(denyIf.length > 0 ? { deny_if: denyIf } : {}),
    ...(approveIf.length > 0 ? { approve_if: approveIf } : {}),
    ...(limits.length > 0 ? { limits } : {}),
  };
}

function convertCondition({ path, op, value }: { path: string; op: string; value?: unknown }): Condition {
  return value === undefined ? { path, op } : { path, op, value };
}

function rateLimit(
  rate: string,
  tool: string,
  said: { on_deny?: string },
  label: string,
  changes: string[],
): Limit {
  const [max = '', unit = ''] = rate.split('/');
  changes.push(
    `${label}: rate_limit ${rate} became a limit for each grant; Intercept counted for the whole proxy`,
  );
  return {
    counter: `${tool === '*' ? 'all' : tool}_rate`,
    window: unit as 'minute',
    max: Number(max),
    scope: 'grant',
    ...said,
  };
}

/** `state.<tool>.<counter> lte N` beside a state block is Intercept's way to write a limit. */
function stateLimit(
  rule: InterceptRule,
  tool: string,
  said: { on_deny?: string },
  label: string,
  changes: string[],
): Limit | undefined {
  const bound = (rule.conditions ?? []).find(
    ({ path, op }) => path.startsWith('state.') && (op === 'lte' || op === 'lt'),
  );
  if (rule.state === undefined && bound === undefined) return undefined;
  if (rule.state === undefined || bound === undefined || typeof bound.value !== 'number') {
    changes.push(`${label}: its state was left out, because it does not say both a counter and a bound`);
    return undefined;
  }
  const { counter, window, increment, increment_from } = rule.state;
  changes.push(`${label}: the state counter ${counter} became a limit for each grant`);
  return {
    counter: `${tool === '*' ? 'all' : tool}_${counter}`,
    window: window as 'minute',
    max: bound.op === 'lt' ? bound.value - 1 : bound.value,
    scope: 'grant',
    ...(increment === undefined || increment_from !== undefined ? {} : { increment }),
    ...(increment_from === undefined ? {} : { increment_from }),
    ...said,
  };
}
