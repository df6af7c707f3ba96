import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../tests/kit/cpu-time.ts';
import { ExactNumber } from '../json.ts';
import { checkPolicy, importIntercept, lintPolicy, parsePolicy, policyJsonSchema } from './index.ts';

const problems = (text: string): string[] => {
  const parsed = parsePolicy(text);
  return parsed.ok
    ? []
    : parsed.problems.map(({ pointer, message, line, column }) => `${line}:${column} ${pointer} ${message}`);
};
const of = (rules: object): string[] => problems(JSON.stringify({ version: '1', default: 'deny', ...rules }));
const condition = (op: string, value: unknown, path = 'args.a'): string[] =>
  of({ tools: { t: { require: [{ conditions: [{ path, op, value }] }] } } });

describe('a bad policy', () => {
  it('is told all its problems at once, each with its place', () => {
    const found = problems(
      '{\n  "version": "2",\n  "defualt": "deny",\n  "tools": { "t": { "limit": [] } }\n}',
    );
    expect(found).toEqual([
      expect.stringMatching(/^2:3 \/version expected "1", not "2"/),
      expect.stringMatching(/^3:3 \/defualt unknown member "defualt": did you mean "default"\?/),
      expect.stringMatching(/^4:21 \/tools\/t\/limit unknown member "limit": did you mean "limits"\?/),
      expect.stringMatching(/^1:1 \/default missing/),
    ]);
  });

  it('is told of numbers that doubles cannot hold, wherever they stand', () => {
    const value = [1, { a: new ExactNumber('9007199254740993') }];
    const rule = { conditions: [{ path: 'args.a', op: 'in', value }] };
    expect(checkPolicy({ version: '1', default: 'deny', tools: { t: { deny_if: [rule] } } })).toEqual({
      ok: false,
      problems: [
        {
          pointer: '/tools/t/deny_if/0/conditions/0/value/1/a',
          message: expect.stringContaining('9007199254740993 cannot be judged') as string,
        },
      ],
    });
  });

  it('is told of patterns that would take long to compile, before they are compiled', () => {
    const used = cpuTime(() => {
      const large = '(?:x{1000}y{1000})'.repeat(100);
      expect(condition('regex', large)).toEqual([expect.stringContaining('more than 50000 steps')]);
      const schema = { properties: { s: { pattern: large } }, patternProperties: { 'a{900}': true } };
      expect(condition('matches_schema', schema)).toEqual([expect.stringContaining('more than 50000 steps')]);
      const many = Array.from({ length: 300 }, (_, index) => ({
        path: 'args.a',
        op: 'regex',
        value: `a{500}${index}`,
      }));
      expect(of({ tools: { t: { deny_if: many } } })[0]).toContain('/tools/t/deny_if/99/value');
      expect(condition('regex', '^(?:[a-z0-9-]{1,63}\\.){1,10}[a-z]{2,63}$')).toEqual([]);
    });
    expect(used).toBeLessThan(3000);
  });

  it('is told of a rule that is half a bare condition', () => {
    expect(of({ tools: { t: { require: [{ conditions: [], path: 'args.a' }] } } })).toEqual([
      expect.stringContaining('/tools/t/require/0/path unknown member "path"'),
    ]);
  });

  it.each([
    [
      'an unknown operator',
      condition('equals', 1),
      '/tools/t/require/0/conditions/0/op',
      'unknown operator "equals"',
    ],
    ['an operator nearly right', condition('start_with', 'x'), '/op', 'did you mean "starts_with"?'],
    ['the operator of a later version', condition('code_without', {}), '/op', 'did you mean "code_within"'],
    ['a value of the wrong type', condition('lte', '10'), '/value', 'expected a number'],
    ['a number beyond 2^53', condition('lte', 1e300), '1:', 'beyond ±(2^53 − 1)'],
    ['a missing value', condition('eq', undefined), '/value', 'missing'],
    ['a bad regular expression', condition('regex', '(a'), '/value', 'not a regular expression'],
    ['a back-reference', condition('regex', '(a)\\1'), '/value', 'RE2'],
    ['a look-ahead', condition('regex', 'a(?=b)'), '/value', 'RE2'],
    ['a bad CIDR block', condition('ip_in', ['10.0.0.0/33']), '/value', '0 to 32'],
    ['a host with a scheme', condition('url_host_in', ['https://x.com']), '/value', 'host alone'],
    [
      'a schema that refers elsewhere',
      condition('matches_schema', { $ref: 'https://x.com/s' }),
      '/value',
      'itself only',
    ],
    ['a path without root', condition('eq', 1, 'amount'), '/path', 'starts at args'],
    ['a path nearly right', condition('eq', 1, 'arg.amount'), '/path', 'did you mean "args.amount"?'],
    ['a broken path', condition('eq', 1, 'args.a[b'), '/path', 'character 7'],
    ['an empty list', condition('in', []), '/value', 'at least 1'],
    ['no default', problems('{"version":"1"}'), '/default', 'missing'],
    ['an empty selector', of({ tools: { '': {} } }), '/tools/', 'cannot be empty'],
    ['an unknown class', of({ hide: ['@destructiv'] }), '/hide/0', 'did you mean "@destructive"?'],
    ['a double star', of({ tools: { 'a**': {} } }), '/tools/a**', '** has no meaning'],
    ['white space around a selector', of({ hide: [' a'] }), '/hide/0', 'white space'],
    ['the same selector hidden twice', of({ hide: ['a', 'a'] }), '/hide/1', 'listed twice'],
    [
      'counters that contradict',
      of({
        tools: {
          a: { limits: [{ counter: 'c', window: 'minute', max: 1 }] },
          b: { limits: [{ counter: 'c', window: 'hour', max: 1 }] },
        },
      }),
      '/counter',
      '/tools/a/limits/0 too',
    ],
    [
      'a negative maximum',
      of({ tools: { a: { limits: [{ counter: 'c', window: 'minute', max: -1 }] } } }),
      '/max',
      'from 0',
    ],
    [
      'a fractional window',
      of({ tools: { a: { limits: [{ counter: 'c', window: 1.5, max: 1 }] } } }),
      '/window',
      'whole seconds',
    ],
    [
      'a window of zero',
      of({ tools: { a: { limits: [{ counter: 'c', window: 0, max: 1 }] } } }),
      '/window',
      'whole seconds',
    ],
    [
      'two increments',
      of({
        tools: {
          a: { limits: [{ counter: 'c', window: 1, max: 1, increment: 1, increment_from: 'args.x' }] },
        },
      }),
      '/increment_from',
      'not both',
    ],
    [
      'an increment from many',
      of({ tools: { a: { limits: [{ counter: 'c', window: 1, max: 1, increment_from: 'args.x[*]' }] } } }),
      '/increment_from',
      'one argument',
    ],
    [
      'an unknown scope',
      of({ tools: { a: { limits: [{ counter: 'c', window: 1, max: 1, scope: 'user' }] } } }),
      '/scope',
      'expected "session"',
    ],
    ['an unknown action', of({ tools: { a: { action: 'block' } } }), '/action', 'expected "allow"'],
    ['a reason without action', of({ tools: { a: { reason: 'x' } } }), '/reason', 'goes with'],
    ['a rule that is a string', of({ tools: { a: { require: ['x'] } } }), '/require/0', 'expected an object'],
    ['tools that are a list', of({ tools: [] }), '/tools', 'expected an object'],
    [
      'an unknown redaction',
      of({ tools: { a: { results: { redact: ['secret'] } } } }),
      '/redact/0',
      'did you mean "secrets"?',
    ],
    [
      'a member of a condition',
      of({ tools: { a: { require: [{ conditions: [{ path: 'args.a', op: 'eq', value: 1, vlaue: 2 }] }] } } }),
      '/vlaue',
      'did you mean "value"?',
    ],
  ])('%s', (_, found, place, text) => {
    expect(found.join('\n')).toContain(place);
    expect(found.join('\n')).toContain(text);
  });

  it.each([
    ['a trailing comma', '{"version":"1",}'],
    ['a comment in JSON', '{"version":"1" /* x */}'],
    ['a byte order mark', '\uFEFF{"version":"1","default":"deny"}'],
    ['nothing', ''],
    ['a key twice', '{"version":"1","default":"allow","default":"deny"}'],
    ['a key twice in YAML', 'version: "1"\ndefault: allow\ndefault: deny'],
    ['an alias', 'version: "1"\ndefault: deny\ntools: { a: &x {}, b: *x }'],
    ['a merge key', 'version: "1"\ndefault: deny\ntools: { <<: {a: {}} }'],
    ['a tag', 'version: !!js/function "1"\ndefault: deny'],
    ['two documents', 'version: "1"\ndefault: deny\n---\nversion: "1"'],
    ['a version that is a number', 'version: 1\ndefault: deny'],
    ['deep nesting', '['.repeat(5000)],
  ])('is refused: %s', (_, text) => {
    expect(problems(text)).not.toEqual([]);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (text) => typeof parsePolicy(text).ok === 'boolean',
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => typeof checkPolicy(value).ok === 'boolean'),
      { numRuns: 1000 },
    );
  });
});

describe('accepted spellings', () => {
  const canonical = (rules: object): unknown => {
    const parsed = checkPolicy({ version: '1', default: 'deny', tools: { t: rules } });
    return parsed.ok
      ? { hide: parsed.document.hide, t: parsed.document.tools?.t, notes: parsed.notes.length }
      : parsed.problems;
  };
  it.each([
    [
      { rate_limit: { max: 10, window: 60 } },
      { limits: [{ counter: 't_rate', window: 'minute', max: 10, scope: 'session' }] },
    ],
    [
      { rate_limit: { max: 10, window: 90 } },
      { limits: [{ counter: 't_rate', window: 90, max: 10, scope: 'session' }] },
    ],
    [
      { rate_limit: { max: 1, window: 'day' } },
      { limits: [{ counter: 't_rate', window: 'day', max: 1, scope: 'session' }] },
    ],
    [{ rate_limit: '5/hour' }, { limits: [{ counter: 't_rate', window: 'hour', max: 5, scope: 'grant' }] }],
    [{ action: 'deny', reason: 'No.' }, { deny_if: [{ conditions: [], on_deny: 'No.' }] }],
    [{ action: 'deny' }, { deny_if: [{ conditions: [] }] }],
    [{ action: 'allow' }, {}],
    [
      { action: 'require_approval', reason: 'Why', approval_timeout: '10m' },
      { approve_if: [{ conditions: [], reason: 'Why', expires: '10m' }] },
    ],
    [
      { deny_if: [{ path: 'args.a', op: 'eq', value: 1, on_deny: 'x' }] },
      { deny_if: [{ conditions: [{ path: 'args.a', op: 'eq', value: 1 }], on_deny: 'x' }] },
    ],
  ])('%j', (written, expected) => {
    expect(canonical(written)).toEqual({ hide: undefined, t: expected, notes: 1 });
  });

  it('all that the pages of a tool tell people to write may stand in one rule', () => {
    const limit = { counter: 't_rate', window: 'minute', max: 10, scope: 'grant' };
    const rules = { limits: [limit], rate_limit: { max: 10, window: 60 }, action: 'deny', reason: 'No.' };
    expect(canonical(rules)).toMatchObject({
      t: {
        deny_if: [{ conditions: [], on_deny: 'No.' }],
        limits: [limit, { counter: 't_rate_session', scope: 'session' }],
      },
    });
  });

  it('"action": "hide" becomes an entry of hide', () => {
    expect(canonical({ action: 'hide' })).toEqual({ hide: ['t'], t: undefined, notes: 1 });
  });

  it('are the same in YAML and JSON, and canonical documents stay as they are', () => {
    const yaml = parsePolicy('version: "1"\ndefault: deny\ntools:\n  t:\n    rate_limit: 5/hour\n');
    const json = parsePolicy('{"version":"1","default":"deny","tools":{"t":{"rate_limit":"5/hour"}}}');
    expect(yaml).toEqual(json);
    if (!yaml.ok) throw new Error('not parsed');
    expect(checkPolicy(yaml.document)).toEqual({ ok: true, document: yaml.document, notes: [] });
  });
});

it('the published JSON Schema describes the document', () => {
  const schema = policyJsonSchema() as {
    properties: Record<string, unknown>;
    required: string[];
    additionalProperties: boolean;
  };
  expect(Object.keys(schema.properties)).toEqual([
    'version',
    'description',
    'default',
    'hide',
    'all_tools',
    'tools',
    'resources',
    'prompts',
  ]);
  expect(schema).toMatchObject({ required: ['version', 'default'], additionalProperties: false });
});

const published = new Ajv2020({ strict: false }).compile(policyJsonSchema());

it.each([
  ['eq', null, true],
  ['lte', 5, true],
  ['lte', '5', false],
  ['equals', 5, false],
  ['exists', true, true],
  ['exists', 1, false],
  ['in', [1], true],
  ['in', [], false],
  ['ip_in', ['10.0.0.0/8'], true],
  ['ip_in', '10.0.0.0/8', false],
  ['type_is', 'text', false],
  ['regex', '^a$', true],
  ['between', ['08:00', '18:00'], true],
  ['matches_schema', { type: 'string' }, true],
  ['code_within', { language: 'python', imports: ['json'] }, true],
  ['code_within', { language: 'cobol' }, false],
])('the published JSON Schema says of %s with %j what the parser says', (op, value, valid) => {
  const bare = { path: 'args.a', op, value };
  for (const rule of [bare, { conditions: [bare] }, { conditions: [{ not: { any_of: [bare] } }] }]) {
    const document = { version: '1', default: 'deny', tools: { t: { deny_if: [rule] } } };
    expect(checkPolicy(document).ok).toBe(valid);
    expect(published(document)).toBe(valid);
  }
});

it('the linter points at what was probably not meant', () => {
  const parsed = checkPolicy({
    version: '1',
    default: 'allow',
    tools: {
      send: {
        deny_if: [
          { conditions: [{ path: 'args.too', op: 'eq', value: 'x' }] },
          { conditions: [{ path: 'args.to', op: 'gt', value: 1 }] },
        ],
        limits: [{ counter: 'c', window: 1, max: 1, fail: 'open' }],
      },
      snd: {},
    },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const tools = [
    { name: 'send', class: 'Write' as const, inputSchema: { properties: { to: { type: 'string' } } } },
    { name: 'wipe', class: 'Destructive' as const },
  ];
  const notes = lintPolicy(parsed.document, tools)
    .map(({ message }) => message)
    .join('\n');
  for (const text of [
    'did you mean "to"?',
    'is optional in send',
    'gt compares numbers',
    'uncounted',
    'did you mean "send"?',
    'wipe (Destructive) is open',
  ])
    expect(notes).toContain(text);
});

it('a between that nothing can lie between is pointed at, one over midnight is not', () => {
  const conditions = [
    [3, 1],
    [1, 1],
    ['22:00', '06:00'],
    ['08:00', '08:00'],
    ['2026-01-02', '2026-01-01T12:00:00Z'],
    ['2026-01-01', '2026-01-02'],
  ].map((value) => ({ path: 'args.n', op: 'between', value }));
  const parsed = checkPolicy({
    version: '1',
    default: 'deny',
    tools: { t: { require: [{ conditions: [{ any_of: conditions }] }] } },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const at = '/tools/t/require/0/conditions/0/any_of';
  expect(lintPolicy(parsed.document)).toEqual([
    {
      pointer: `${at}/0/value`,
      message: 'nothing lies between 3 and 1: the smaller bound comes first',
    },
    {
      pointer: `${at}/3/value`,
      message: 'nothing lies between "08:00" and "08:00": the end is excluded',
    },
    {
      pointer: `${at}/4/value`,
      message: expect.stringMatching(/^nothing lies between/),
    },
  ]);
});

it('Intercept policies are converted, and every change is listed', () => {
  const imported = importIntercept(
    'version: "1"\ndefault: deny\nhide: [drop]\ntools:\n  pay:\n    rules:\n      - { name: cap, conditions: [{ path: args.amount, op: lte, value: 100 }], on_deny: Too much }\n      - { name: rate, rate_limit: 5/hour }\n  rm:\n    rules:\n      - { name: no, action: deny, on_deny: Never }\n  "*":\n    rules:\n      - { name: all, rate_limit: 60/minute }\n',
  );
  if (!imported.ok) throw new Error(JSON.stringify(imported.problems));
  expect(imported.document.tools).toEqual({
    pay: {
      require: [{ conditions: [{ path: 'args.amount', op: 'lte', value: 100 }], on_deny: 'Too much' }],
      limits: [{ counter: 'pay_rate', window: 'hour', max: 5, scope: 'grant' }],
    },
    rm: { deny_if: [{ conditions: [], on_deny: 'Never' }] },
  });
  expect(imported.document.all_tools).toEqual({
    limits: [{ counter: 'all_rate', window: 'minute', max: 60, scope: 'grant' }],
  });
  expect(imported.changes).toHaveLength(4);
});
