/** Policies over the whole language: defaults, hiding, names, patterns, classes, every operator, limits, short spellings. */
import fc from 'fast-check';
import { OPERATORS } from '../../src/policy/operators/index.ts';
import { TOOL_NAMES } from './calls.ts';
import { plainValue } from './values.ts';

const value = plainValue.map((text) => JSON.parse(text) as unknown);
const number = fc.constantFrom(0, 1, 2, 5, 100, 0.5, -1);
const few = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> =>
  fc.array(item, { minLength: 1, maxLength: 3 });
const word = fc.constantFrom('a', 'note', 'n', 'é', '名', '/srv', 'https:');
const size = fc.nat({ max: 4 });
const host = fc.constantFrom('api.example.com', '*.example.com', '10.0.0.5');
const block = fc.constantFrom('10.0.0.0/8', '11.0.0.5/32', '::/0');
const schema = fc.constantFrom(
  { type: 'string' },
  { type: 'number', maximum: 5 },
  { type: 'object', required: ['mode'] },
  { enum: ['a', 1] },
);

const OPERANDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  eq: value,
  neq: value,
  in: few(value),
  not_in: few(value),
  lt: number,
  lte: number,
  gt: number,
  gte: number,
  between: fc.constantFrom(
    [0, 5],
    [1, 100],
    ['08:00', '12:00'],
    ['22:00', '06:00'],
    ['2026-01-01', '2027-01-01'],
  ),
  weekday_in: few(fc.constantFrom('saturday', 'sunday', 'monday')),
  exists: fc.boolean(),
  contains: fc.oneof(word, value),
  not_contains: fc.oneof(word, value),
  regex: fc.constantFrom('^a$', '(?i)note', '^[a-z]+$', '\\p{Han}', '.'),
  not_regex: fc.constantFrom('^a$', '(?i)note', '^[a-z]+$'),
  starts_with: word,
  ends_with: word,
  glob: fc.constantFrom('*', 'n*e', 'https://*', '*/x'),
  length_lt: size,
  length_lte: size,
  length_gt: size,
  length_gte: size,
  type_is: fc.constantFrom('string', 'number', 'integer', 'boolean', 'object', 'array', 'null'),
  url_host_in: few(host),
  url_host_not_in: few(host),
  url_scheme_in: fc.constantFrom(['https'], ['http', 'https']),
  ip_in: few(block),
  ip_not_in: few(block),
  path_within: fc.constantFrom(['/srv/data'], ['/srv', '/tmp'], ['/']),
  email_domain_in: fc.constantFrom(['example.com'], ['example.com.evil.test', 'example.org']),
  matches_schema: schema,
  code_within: fc.constantFrom(
    { language: 'python', imports: ['json'] },
    { language: 'shell', commands: ['ls', 'grep'] },
  ),
};

/** An operator without operands here would go untested for ever. */
const unknown = [...OPERATORS.keys()].filter((name) => !Object.hasOwn(OPERANDS, name));
if (unknown.length > 0) throw new Error(`tests/parity/policies.ts has no operands for ${unknown.join(', ')}`);

const path = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'args.amount',
      'args.mode',
      'args.path',
      'args.url',
      'args.list',
      'args.größe',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'args',
      'args.list[0]',
      'args.list[*]',
      'args.list[*].mode',
      'args["a.b"]',
      'args.__proto__',
      'args.mode.amount',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('tool.name', 'tool.class', 'grant.label', 'grant.tags') },
);

const comparison = fc
  .constantFrom(...Object.keys(OPERANDS))
  .chain((op) => fc.record({ path, op: fc.constant(op), value: OPERANDS[op]! }));
const condition = fc.oneof(
  { weight: 6, arbitrary: comparison },
  { weight: 1, arbitrary: fc.record({ any_of: few(comparison) }) },
  { weight: 1, arbitrary: fc.record({ all_of: few(comparison) }) },
  { weight: 1, arbitrary: fc.record({ not: comparison }) },
);
const oneRule = fc.oneof(
  { weight: 5, arbitrary: fc.record({ conditions: fc.array(condition, { minLength: 1, maxLength: 2 }) }) },
  { weight: 4, arbitrary: comparison },
  { weight: 1, arbitrary: fc.constant({ conditions: [] }) },
);

/** Windows of a year: no case may stand on the edge of one. */
const YEAR = 366 * 86_400;
const windowLimit = fc
  .record(
    {
      max: fc.constantFrom(0, 1, 2, 6),
      scope: fc.constantFrom('grant', 'session'),
      algorithm: fc.constantFrom('fixed', 'sliding'),
      increment_from: fc.constant('args.amount'),
      by: fc.constantFrom('args.mode', 'args.list'),
    },
    { requiredKeys: ['max'] },
  )
  // Limits that share a counter must count in the same way.
  .map((given) => ({
    counter: `${given.scope ?? 'grant'} ${given.algorithm ?? 'fixed'} ${given.by ?? ''}`.trim(),
    window: YEAR,
    ...given,
  }));
const limit = fc.oneof(
  { weight: 4, arbitrary: windowLimit },
  { weight: 1, arbitrary: fc.constant({ concurrent: 50 }) },
);

const lists = {
  require: fc.array(oneRule, { maxLength: 1 }),
  deny_if: fc.array(oneRule, { maxLength: 2 }),
  approve_if: fc.array(oneRule, { maxLength: 1 }),
  limits: fc.array(limit, { maxLength: 2 }),
};
const reason = fc.constant('By the rules of the house.');
const rateLimit = fc.record({ max: fc.constantFrom(1, 3), window: fc.constant(YEAR) });
const short = fc.oneof(
  fc.record(
    { action: fc.constant('allow'), rate_limit: rateLimit, deny_if: lists.deny_if },
    { requiredKeys: [] },
  ),
  fc.record({ action: fc.constant('deny'), reason }, { requiredKeys: ['action'] }),
  fc.record(
    {
      action: fc.constant('require_approval'),
      reason,
      rate_limit: rateLimit,
      approval_timeout: fc.constant('15m'),
    },
    { requiredKeys: ['action'] },
  ),
  fc.record({ action: fc.constant('hide') }),
);
const toolRules = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 6, arbitrary: fc.record(lists, { requiredKeys: [] }) },
  { weight: 2, arbitrary: short },
);
const selector = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TOOL_NAMES) },
  { weight: 2, arbitrary: fc.constantFrom('*', '*note*', 'read_*', '*e', 'größe*', 'delete_*', '*名*') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('@read', '@write', '@execute', '@destructive', '@financial'),
  },
);

const allTools = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ deny_if: fc.array(oneRule, { maxLength: 1 }), limits: lists.limits }) },
);

/** Not all are valid: whoever takes one asks `parsePolicy` first. */
export const policies: fc.Arbitrary<object> = fc.record(
  {
    version: fc.constant('1'),
    default: fc.constantFrom('allow', 'allow', 'deny'),
    hide: fc.uniqueArray(selector, { maxLength: 1 }),
    all_tools: allTools,
    tools: fc
      .uniqueArray(fc.tuple(selector, toolRules), { maxLength: 8, size: 'max', selector: ([name]) => name })
      .map((entries) => Object.fromEntries(entries)),
  },
  { requiredKeys: ['version', 'default', 'tools'] },
);
