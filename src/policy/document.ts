/** The policy document: types of the canonical form, and the shapes of what authors may write. */
import { isObject } from '../json.ts';
import {
  amount,
  anything,
  either,
  flag,
  list,
  mapOf,
  oneOf,
  plain,
  record,
  text,
  type Member,
  type Schema,
  type Shape,
} from './shape.ts';
import { OPERATORS } from './operators/index.ts';
import { selectorProblem } from './selector.ts';
import type { LimitAlgorithm, LimitScope, LimitWindow } from './types.ts';

export interface Comparison {
  readonly path: string;
  readonly op: string;
  readonly value?: unknown;
}
export type Condition =
  | Comparison
  | { readonly any_of: readonly Condition[] }
  | { readonly all_of: readonly Condition[] }
  | { readonly not: Condition };

export interface Rule {
  readonly conditions: readonly Condition[];
  readonly on_deny?: string;
}

export interface ApprovalRule {
  readonly conditions: readonly Condition[];
  readonly reason?: string;
  readonly expires?: string;
}

export interface WindowLimit {
  readonly counter: string;
  readonly window: LimitWindow;
  readonly max: number;
  readonly scope?: LimitScope;
  readonly algorithm?: LimitAlgorithm;
  readonly increment?: number;
  readonly increment_from?: string;
  readonly by?: string;
  readonly on_deny?: string;
  readonly refund_on_error?: boolean;
  readonly fail?: 'closed' | 'open';
}

export interface ConcurrentLimit {
  readonly concurrent: number;
  readonly counter?: string;
  readonly scope?: LimitScope;
  readonly by?: string;
  readonly on_deny?: string;
  readonly fail?: 'closed' | 'open';
}

export type Limit = WindowLimit | ConcurrentLimit;

export interface ResultsMember {
  readonly max_bytes?: number;
  readonly redact?: readonly string[];
}

export interface ToolRules {
  readonly require?: readonly Rule[];
  readonly deny_if?: readonly Rule[];
  readonly approve_if?: readonly ApprovalRule[];
  readonly limits?: readonly Limit[];
  readonly results?: ResultsMember;
}

export interface AccessRules {
  readonly default: 'allow' | 'deny';
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

/** The canonical form: what is stored, shown and judged by. */
export interface PolicyDocument {
  readonly version: '1';
  readonly description?: string;
  readonly default: 'allow' | 'deny';
  readonly hide?: readonly string[];
  readonly all_tools?: ToolRules;
  readonly tools?: Readonly<Record<string, ToolRules>>;
  readonly resources?: AccessRules;
  readonly prompts?: AccessRules;
}

/** The names are checked with what they mean; here they are for editors. */
const operatorName: Shape = { ...text('an operator'), schema: { enum: [...OPERATORS.keys()] } };

/** Which value goes with which operator, for editors too. */
export const OPERAND_SCHEMA: Schema = {
  anyOf: [...OPERATORS.values()].map(({ name, operand }) => ({
    properties: { op: { const: name }, value: operand.schema },
    required: ['op', 'value'],
  })),
};

function comparing(members: Readonly<Record<string, Member>>): Shape {
  const shape = record(members);
  return { ...shape, schema: { ...shape.schema, allOf: [{ $ref: '#/$defs/operand' }] } };
}

const comparison = comparing({
  path: {
    shape: text('a path such as "args.amount"'),
    required: true,
    description: 'where the value stands: args.amount, args.items[*].price, args["odd.key"]',
  },
  op: { shape: operatorName, required: true, description: 'the operator' },
  value: { shape: anything, description: 'what to compare with' },
});

export const condition: Shape = {
  schema: { $ref: '#/$defs/condition' },
  check(value, pointer, problems) {
    conditionShape(value).check(value, pointer, problems);
  },
};
const anyOf = record({
  any_of: { shape: list(condition, { min: 1 }), required: true, description: 'holds when one of them holds' },
});
const allOf = record({
  all_of: { shape: list(condition, { min: 1 }), required: true, description: 'holds when all of them hold' },
});
const not = record({ not: { shape: condition, required: true, description: 'holds when it does not hold' } });

function conditionShape(value: unknown): Shape {
  if (isObject(value)) {
    if ('any_of' in value) return anyOf;
    if ('all_of' in value) return allOf;
    if ('not' in value) return not;
  }
  return comparison;
}

export const CONDITION_SCHEMA = { anyOf: [comparison.schema, anyOf.schema, allOf.schema, not.schema] };

const conditions = {
  shape: list(condition),
  required: true,
  description: 'all of them must hold; an empty list always holds',
};
const onDeny = { shape: text(), description: 'what the agent reads when the rule denies' };
const duration = plain(
  'a duration such as "15m", "2h" or "1d"',
  { type: 'string', pattern: '^[1-9][0-9]{0,5}[smhd]$' },
  (value) => typeof value === 'string' && /^[1-9]\d{0,5}[smhd]$/.test(value),
);
const reason = { shape: text(), description: 'what the approver reads' };
const expires = { shape: duration, description: 'how long it may wait for an answer' };

const bare = {
  path: {
    shape: text('a path such as "args.amount"'),
    required: true,
    description: 'a bare condition: its path',
  },
  op: { shape: operatorName, required: true, description: 'its operator' },
  value: { shape: anything, description: 'its value' },
};
const isBare = (value: unknown): boolean =>
  isObject(value) && !('conditions' in value) && ('path' in value || 'op' in value);
const rules = record({ conditions, on_deny: onDeny });
const bareRule = comparing({ ...bare, on_deny: onDeny });
const approvals = record({ conditions, reason, expires });
const bareApproval = comparing({ ...bare, reason, expires });

const rule = either([rules, bareRule], (value) => (isBare(value) ? bareRule : rules));
const approvalRule = either([approvals, bareApproval], (value) => (isBare(value) ? bareApproval : approvals));

export const MOST_SECONDS = 366 * 86_400;
const window: Shape = plain(
  `"minute", "hour", "day" or whole seconds from 1 to ${MOST_SECONDS}`,
  { anyOf: [{ enum: ['minute', 'hour', 'day'] }, { type: 'integer', minimum: 1, maximum: MOST_SECONDS }] },
  (value) =>
    ['minute', 'hour', 'day'].includes(value as string) ||
    (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_SECONDS),
);
const scope = {
  shape: oneOf('session', 'grant', 'server', 'organization'),
  description: 'whose calls are counted together; "grant" unless given',
};
const by = { shape: text('a path into args'), description: 'one counter for each value of this argument' };
const fail = {
  shape: oneOf('closed', 'open'),
  description: 'what happens when counters cannot be reached; "closed" unless given',
};

const windowLimit = record({
  counter: { shape: text('a name'), required: true, description: 'name of the counter' },
  window: { shape: window, required: true, description: 'the span that is counted' },
  max: { shape: amount, required: true, description: 'the largest total within one window' },
  scope,
  algorithm: { shape: oneOf('fixed', 'sliding'), description: '"fixed" (default) or "sliding"' },
  increment: { shape: amount, description: 'what one call adds; 1 unless given' },
  increment_from: { shape: text('a path into args'), description: 'the argument whose number one call adds' },
  by,
  on_deny: onDeny,
  refund_on_error: { shape: flag, description: 'give the amount back when the tool answers with an error' },
  fail,
});
const concurrentLimit = record({
  concurrent: {
    shape: plain(
      'a whole number from 1',
      { type: 'integer', minimum: 1 },
      (value) => Number.isSafeInteger(value) && (value as number) >= 1,
    ),
    required: true,
    description: 'calls in flight at most',
  },
  counter: { shape: text('a name'), description: 'name of the pool of slots' },
  scope,
  by,
  on_deny: onDeny,
  fail,
});
const limit = either([windowLimit, concurrentLimit], (value) =>
  isObject(value) && 'concurrent' in value ? concurrentLimit : windowLimit,
);

const rateWindow = record({
  max: { shape: amount, required: true, description: 'calls at most' },
  window: { shape: window, required: true, description: 'seconds, or "minute", "hour", "day"' },
});
const rateText = plain(
  'a rate such as "5/hour"',
  { type: 'string', pattern: '^[0-9]{1,9}/(?:second|minute|hour|day)$' },
  (value) => typeof value === 'string' && /^\d{1,9}\/(?:second|minute|hour|day)$/.test(value),
);
const rateLimit = either([rateWindow, rateText], (value) =>
  typeof value === 'string' ? rateText : rateWindow,
);

const REDACTIONS = ['secrets', 'emails'] as const;
const canonicalRules = {
  require: { shape: list(rule), description: 'every one must hold, or the call is denied' },
  deny_if: { shape: list(rule), description: 'one that holds denies the call' },
  approve_if: { shape: list(approvalRule), description: 'one that holds makes the call wait for a person' },
  limits: { shape: list(limit), description: 'how much, how often, how many at once' },
  results: {
    shape: record({
      max_bytes: {
        shape: plain(
          'a whole number from 1',
          { type: 'integer', minimum: 1 },
          (value) => Number.isSafeInteger(value) && (value as number) >= 1,
        ),
        description: 'largest result that may come back',
      },
      redact: { shape: list(oneOf(...REDACTIONS)), description: 'what is blacked out in results' },
    }),
    description: 'what may come back',
  },
};
const toolRules = record({
  ...canonicalRules,
  action: {
    shape: oneOf('allow', 'deny', 'hide', 'require_approval'),
    description: 'a shorter spelling of the rules above',
  },
  reason: { shape: text(), description: 'goes with action: what the agent or the approver reads' },
  approval_timeout: { shape: duration, description: 'goes with action: require_approval' },
  rate_limit: { shape: rateLimit, description: 'a shorter spelling of one limit' },
});
const access = record({
  default: {
    shape: oneOf('allow', 'deny'),
    required: true,
    description: 'what holds for everything not named',
  },
  allow: { shape: list(text('a name or a pattern with *')), description: 'may be reached' },
  deny: {
    shape: list(text('a name or a pattern with *')),
    description: 'may not be reached, whatever allows it',
  },
});

export const documentShape: Shape = record({
  version: { shape: oneOf('1'), required: true, description: 'must be "1"' },
  description: {
    shape: plain('a string', { type: 'string' }, (value) => typeof value === 'string'),
    description: 'what this policy is for',
  },
  default: {
    shape: oneOf('allow', 'deny'),
    required: true,
    description: 'the verdict for tools that no key of tools names: "allow" or "deny"',
  },
  hide: {
    shape: list({
      schema: { type: 'string', minLength: 1 },
      check(value, pointer, problems) {
        const problem = typeof value === 'string' ? selectorProblem(value) : 'expected a selector (a string)';
        if (problem !== undefined) problems.push({ pointer, message: problem });
      },
    }),
    description: 'left out of lists and denied when called',
  },
  all_tools: {
    shape: record(canonicalRules),
    description: 'rules for every call, beside the rules of the tool',
  },
  tools: {
    shape: mapOf((name, pointer, problems) => {
      const problem = selectorProblem(name);
      if (problem !== undefined) problems.push({ pointer, message: problem });
    }, toolRules),
    description: 'rules by tool name, pattern or class',
  },
  resources: { shape: access, description: 'which resources can be reached, by URI' },
  prompts: { shape: access, description: 'which prompts can be reached, by name' },
});
