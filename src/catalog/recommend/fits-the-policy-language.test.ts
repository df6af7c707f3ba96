import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { checkPolicy, compilePolicy, evaluate, lintPolicy, type PolicyDocument } from '../../policy/index.ts';
import { argumentRules, classify, recommend, recommendServer, type Strength } from '../index.ts';

const STRENGTHS: readonly Strength[] = ['observe', 'balanced', 'strict'];

const text = { type: 'string' };
const fetcher: JsonObject & { readonly name: string } = {
  name: 'fetch_page',
  inputSchema: {
    type: 'object',
    required: ['url'],
    properties: {
      url: text,
      'save.path': text,
      mirrors_urls: { type: 'array', items: text },
      timeout: { type: 'integer', minimum: 1, maximum: 300 },
      timeout_ms: { type: 'number' },
    },
  },
};

function decide(document: PolicyDocument, tool: JsonObject & { readonly name: string }, args: JsonObject) {
  const { class: gravest, classes } = classify(tool);
  return evaluate(
    compilePolicy(document),
    {
      tool: { name: tool.name, class: gravest, classes },
      args,
      grant: { label: '', tags: [] },
      client: {},
      now: 0,
      hasSession: true,
    },
    () => undefined,
  ).outcome;
}

it('is always valid, whatever names and parameters a server invents', () => {
  const names = fc.oneof(
    fc.constantFrom('delete_x', 'pay', '@read', 'a*', ' x', '__proto__', 'constructor', 'a/b~c', ''),
    fc.string({ unit: 'grapheme' }),
  );
  const property = fc.record(
    {
      type: fc.oneof(fc.constantFrom('string', 'number', 'integer', 'array', 'boolean'), fc.jsonValue()),
      minimum: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.jsonValue()),
      maximum: fc.double({ noNaN: true, noDefaultInfinity: true }),
      items: fc.constant({ type: 'string' }),
      description: fc.constantFrom('currency', 'ms', 'a path'),
    },
    { requiredKeys: [] },
  );
  const argument = fc.oneof(
    fc.constantFrom('url', 'path', 'timeout', 'amount', 'price', 'odd.key', 'a"b', '__proto__', 'urls', ''),
    fc.string({ unit: 'grapheme' }),
  );
  const tool = fc.record({
    name: names,
    inputSchema: fc.record({ properties: fc.dictionary(argument, property), required: fc.array(argument) }),
  }) as fc.Arbitrary<JsonObject>;
  fc.assert(
    fc.property(fc.array(tool, { maxLength: 6 }), fc.constantFrom(...STRENGTHS), (tools, strength) => {
      const assessed = tools.map((definition) => ({ definition, assessment: classify(definition) }));
      const said = checkPolicy(JSON.parse(JSON.stringify(recommendServer(assessed, strength))));
      expect(said).toMatchObject({ ok: true });
    }),
  );
});

it('a name that would be a selector for other tools stays out', () => {
  for (const name of ['@destructive', 'get_*', ' get_x'])
    expect(recommend({ name }, classify({ name: 'get_x' }))).toEqual({ version: '1', default: 'deny' });
});

it('names only arguments that the tool has', () => {
  const policy = recommend(fetcher, classify(fetcher), 'strict');
  expect(
    lintPolicy(policy, [{ name: fetcher.name, inputSchema: fetcher.inputSchema as JsonObject }]),
  ).toEqual([]);
});

describe('strict rules on arguments', () => {
  const policy = recommend(fetcher, classify(fetcher), 'strict');

  it.each<[JsonObject, 'allow' | 'deny']>([
    [{ url: 'https://example.com/a' }, 'allow'],
    [{ url: 'https://elsewhere.example/a' }, 'deny'],
    [{}, 'deny'],
    [{ url: 'https://example.com', timeout: 60 }, 'allow'],
    [{ url: 'https://example.com', timeout: 61 }, 'deny'],
    [{ url: 'https://example.com', timeout: '1' }, 'deny'],
    [{ url: 'https://example.com', timeout_ms: 60_000 }, 'allow'],
    [{ url: 'https://example.com', timeout_ms: 60_001 }, 'deny'],
    [{ url: 'https://example.com', 'save.path': '/workspace/a' }, 'allow'],
    [{ url: 'https://example.com', 'save.path': '/workspace/../etc/passwd' }, 'deny'],
    [{ url: 'https://example.com', mirrors_urls: ['https://example.com', 'https://b.example'] }, 'deny'],
  ])('%j → %s', (args, outcome) => {
    expect(decide(policy, fetcher, args)).toBe(outcome);
  });

  it('say which of them wait for values of the owner', () => {
    expect(
      argumentRules(fetcher, classify(fetcher)).map(({ argument, fillIn }) => [argument, fillIn]),
    ).toEqual([
      ['url', true],
      ['save.path', true],
      ['mirrors_urls', true],
      ['timeout', false],
      ['timeout_ms', false],
    ]);
  });

  it('bound what may be spent, within what the schema allows', () => {
    const payer = (amount: JsonObject) => ({
      name: 'send_payment',
      inputSchema: {
        properties: { amount: { type: 'number', ...amount }, currency: text },
        required: ['amount'],
      },
    });
    const bound = (amount: JsonObject) =>
      argumentRules(payer(amount), classify(payer(amount))).map(({ rule }) => rule.conditions);
    expect(bound({})).toEqual([[{ path: 'args.amount', op: 'lte', value: 100 }]]);
    expect(bound({ minimum: 500 })).toEqual([[{ path: 'args.amount', op: 'lte', value: 500 }]]);
    expect(bound({ maximum: 50 })).toEqual([]);
    expect(bound({ minimum: 2 ** 53 })).toEqual([]);
  });

  it('leave calls as the owner makes them undisturbed when the schema is tight already', () => {
    const tool = {
      name: 'run_job',
      inputSchema: { properties: { timeout: { type: 'integer', maximum: 30 } } },
    };
    expect(argumentRules(tool, classify(tool))).toEqual([]);
  });
});
