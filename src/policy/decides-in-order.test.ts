import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, isListed, type LimitRefusal, type ToolClass } from './index.ts';
import { compiled, facts, judge, ROOM } from './samples.ts';

const SEED = {
  version: '1',
  default: 'deny',
  tools: {
    orgo_exec: { limits: [{ counter: 'orgo_exec_rate', window: 'minute', max: 10, scope: 'grant' }] },
  },
};

describe('the verdict', () => {
  it('denies without a policy', () => {
    expect(evaluate(null, facts('t'), ROOM)).toMatchObject({ outcome: 'deny', rule: '(no policy)' });
  });

  it('is what the catalogue page promises', () => {
    const verdict = judge(SEED, facts('orgo_exec', { code: '1' }));
    expect(verdict).toMatchObject({ outcome: 'allow', rule: '' });
    expect(verdict.reservations).toEqual([
      expect.objectContaining({
        counter: 'orgo_exec_rate',
        window: 'minute',
        max: 10,
        scope: 'grant',
        amount: 1,
        rule: '/tools/orgo_exec/limits/0',
      }),
    ]);
    expect(judge(SEED, facts('orgo_bash'))).toMatchObject({ outcome: 'deny', rule: '(default deny)' });
  });

  it('says which limit, its maximum and when it resets', () => {
    const refuse = (reservations: readonly LimitRefusal['reservation'][]): LimitRefusal => ({
      reservation: reservations[0]!,
      used: 10,
      retryAfterSeconds: 37,
      resetsAt: Date.UTC(2026, 10, 21, 12, 1, 0),
    });
    const verdict = judge(SEED, facts('orgo_exec'), refuse);
    expect(verdict).toMatchObject({
      outcome: 'deny',
      rule: '/tools/orgo_exec/limits/0',
      retryAfterSeconds: 37,
    });
    expect(verdict.message).toBe(
      'Limit orgo_exec_rate: at most 10 per minute for this grant. It resets in 37 s (2026-11-21T12:01:00Z).',
    );
  });

  it.each([
    [
      'hidden before everything',
      { hide: ['t'], tools: { t: { deny_if: [{ conditions: [] }] } } },
      '(hidden)',
    ],
    [
      'deny_if before require',
      {
        tools: {
          t: {
            require: [{ conditions: [{ path: 'args.x', op: 'exists', value: true }] }],
            deny_if: [{ conditions: [] }],
          },
        },
      },
      '/tools/t/deny_if/0',
    ],
    [
      'require before limits',
      {
        tools: {
          t: {
            limits: [{ counter: 'c', window: 1, max: 0 }],
            require: [{ conditions: [{ path: 'args.x', op: 'exists', value: true }] }],
          },
        },
      },
      '/tools/t/require/0',
    ],
    [
      'all_tools before the tool',
      { all_tools: { deny_if: [{ conditions: [] }] }, tools: { t: { deny_if: [{ conditions: [] }] } } },
      '/all_tools/deny_if/0',
    ],
    [
      'the first of several',
      {
        tools: {
          't*': {
            deny_if: [{ conditions: [{ path: 'args.no', op: 'exists', value: true }] }, { conditions: [] }],
          },
        },
      },
      '/tools/t*/deny_if/1',
    ],
  ])('%s', (_, rules, rule) => {
    expect(judge({ version: '1', default: 'allow', ...rules }, facts('t')).rule).toBe(rule);
  });

  it('applies every entry that matches: name, pattern and class', () => {
    const document = {
      version: '1',
      default: 'deny',
      tools: {
        delete_user: {},
        'delete_*': { require: [{ conditions: [{ path: 'args.reason', op: 'exists', value: true }] }] },
        '@destructive': { limits: [{ counter: 'd', window: 'day', max: 5 }] },
      },
    };
    const call = facts('delete_user', { reason: 'asked' }, { classes: ['Destructive'] });
    expect(judge(document, call).reservations).toHaveLength(1);
    expect(judge(document, { ...call, args: {} }).rule).toBe('/tools/delete_*/require/0');
    expect(
      judge(document, facts('delete_team', { reason: 'x' }, { classes: ['Read'] })).reservations,
    ).toHaveLength(0);
  });

  it('lets a class admit only the tools that it names gravest', () => {
    const document = {
      version: '1',
      default: 'deny',
      tools: { '@write': { limits: [{ counter: 'w', window: 1, max: 5 }] }, sweep: {} },
    };
    const both = { classes: ['Write', 'Destructive'] as const };
    expect(judge(document, facts('save', {}, { classes: ['Write'] })).outcome).toBe('allow');
    expect(judge(document, facts('replace_all', {}, both)).rule).toBe('(default deny)');
    expect(judge(document, facts('sweep', {}, both)).reservations).toHaveLength(1);
  });

  it('checks arguments by the schema of the tool, after the requirements and before the limits', () => {
    const call = facts('orgo_exec');
    const verdict = judge(SEED, { ...call, tool: { ...call.tool, checkInput: () => 'code is missing' } });
    expect(verdict).toMatchObject({ outcome: 'deny', rule: '(input schema)' });
    expect(verdict.message).toContain('code is missing');
  });

  it('asks for approval after everything else', () => {
    const document = {
      version: '1',
      default: 'deny',
      tools: { t: { approve_if: [{ conditions: [], reason: 'Look at it', expires: '15m' }] } },
    };
    expect(judge(document, facts('t'))).toMatchObject({
      outcome: 'needs_approval',
      rule: '/tools/t/approve_if/0',
      message: 'Look at it',
      approvalExpiresSeconds: 900,
    });
  });
});

describe('limits that count an argument', () => {
  const document = {
    version: '1',
    default: 'deny',
    tools: {
      refund: {
        limits: [
          { counter: 'sum', window: 'day', max: 1000, increment_from: 'args.amount', by: 'args.customer' },
        ],
      },
    },
  };
  it('take what the call asks for, for each value of by', () => {
    const [reservation] = judge(document, facts('refund', { amount: 30, customer: 'a' })).reservations;
    expect(reservation).toMatchObject({ amount: 30, by: '"a"' });
  });
  it.each([
    [{}],
    [{ amount: -1 }],
    [{ amount: 0.5 }],
    [{ amount: '5' }],
    [{ amount: 2 ** 60 }],
    [{ amount: null }],
    [{ amount: [1] }],
  ])('deny %j', (args) => {
    expect(judge(document, facts('refund', { customer: 'a', ...args }))).toMatchObject({
      outcome: 'deny',
      rule: '/tools/refund/limits/0',
    });
  });
  it('deny a call without the argument that by names', () => {
    expect(judge(document, facts('refund', { amount: 1 })).outcome).toBe('deny');
  });
  it('raise a shared counter once, by the larger amount and up to the smaller maximum', () => {
    const shared = {
      version: '1',
      default: 'deny',
      all_tools: { limits: [{ counter: 'c', window: 'minute', max: 60 }] },
      tools: { t: { limits: [{ counter: 'c', window: 60, max: 10, increment: 2 }] } },
    };
    expect(judge(shared, facts('t')).reservations).toEqual([expect.objectContaining({ amount: 2, max: 10 })]);
  });
});

describe('lists', () => {
  it('show a tool that is denied by its name, so that the agent can read why', () => {
    const policy = compiled({
      version: '1',
      default: 'deny',
      tools: {
        a: { action: 'deny', reason: 'No.' },
        'b*': { deny_if: [{ conditions: [] }] },
        c: { action: 'hide' },
      },
    });
    expect(['a', 'b1', 'c', 'd'].map((name) => isListed(policy, facts(name).tool))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([
    ['deny_if', { path: 'tool.class', op: 'in', value: ['Destructive', 'Financial'] }],
    ['deny_if', { any_of: [{ path: 'tool.name', op: 'ends_with', value: '_x' }] }],
    ['require', { path: 'tool.class', op: 'eq', value: 'Read' }],
    ['require', { not: { path: 'tool.class', op: 'eq', value: 'Destructive' } }],
  ])('leave out a tool of which a rule about tools lets no call pass: %s %j', (list, condition) => {
    const policy = compiled({
      version: '1',
      default: 'allow',
      all_tools: { [list]: [{ conditions: [condition] }] },
    });
    const named = compiled({
      version: '1',
      default: 'deny',
      tools: { wipe_x: { [list]: [{ conditions: [condition] }] } },
    });
    const wipe = facts('wipe_x', {}, { classes: ['Destructive'] });
    expect(evaluate(policy, wipe, ROOM).outcome).toBe('deny');
    expect(isListed(policy, wipe.tool)).toBe(false);
    expect(isListed(policy, facts('read', {}, { classes: ['Read'] }).tool)).toBe(true);
    // An owner's other class of the same tool acts at once.
    expect(isListed(policy, facts('wipe', {}, { classes: ['Destructive'] }).tool)).toBe(
      evaluate(policy, facts('wipe', {}, { classes: ['Destructive'] }), ROOM).outcome === 'allow',
    );
    expect(isListed(policy, facts('wipe', {}, { classes: ['Read'] }).tool)).toBe(true);
    expect(isListed(named, wipe.tool)).toBe(true);
  });

  it('never leave out what a call could reach', () => {
    const selector = fc.constantFrom('a', 'b', 'a*', '*b', '*', '@read', '@destructive');
    const rules = fc.record({
      deny_if: fc.array(
        fc.record({
          conditions: fc.constantFrom(
            [],
            [{ path: 'args.x', op: 'eq', value: 1 }],
            [{ path: 'tool.class', op: 'eq', value: 'Read' }],
            [
              { path: 'tool.name', op: 'neq', value: 'a' },
              { path: 'args.x', op: 'eq', value: 1 },
            ],
          ),
        }),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom('allow', 'deny'),
        fc.uniqueArray(selector, { maxLength: 3 }),
        fc.dictionary(selector, rules, { maxKeys: 4 }),
        fc.constantFrom('a', 'b', 'ab', 'c'),
        fc.subarray<ToolClass>(['Read', 'Destructive'], { minLength: 1 }),
        fc.constantFrom({}, { x: 1 }, { x: 2 }),
        (fallback, hide, tools, name, classes, args) => {
          const policy = compiled({ version: '1', default: fallback, hide, tools });
          const call = facts(name, args, { classes });
          return isListed(policy, call.tool) || evaluate(policy, call, ROOM).outcome === 'deny';
        },
      ),
      { numRuns: 1000 },
    );
  });
});
