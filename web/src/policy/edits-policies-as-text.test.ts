import { describe, expect, it } from 'vitest';
import { canonicalOf, writtenOut } from './canonical.ts';
import { effectOn } from './effect.ts';
import { argumentFields } from './fields.ts';
import { stateOf, withState } from './states.ts';
import { summarise } from './summary.ts';
import { appendAt, readDocument, removeAt, renameAt, setAt } from './text-edits.ts';

const EMPTY = '{\n  "version": "1",\n  "default": "deny"\n}\n';

describe('editing a policy as text', () => {
  it('keeps comments and order of everything that is not touched', () => {
    const text =
      '{\n  // closed\n  "default": "deny",\n  "version": "1",\n  "tools": {\n    "b": {}, // why b\n    "a": {}\n  }\n}\n';
    const edited = setAt(text, ['tools', 'a', 'limits'], [{ concurrent: 1 }]);
    expect(edited).toContain('// closed\n  "default": "deny",\n  "version"');
    expect(edited).toContain('"b": {}, // why b');
    expect(readDocument(edited)?.tools?.['a']).toEqual({ limits: [{ concurrent: 1 }] });
  });

  it('makes and removes lists with their first and last element', () => {
    const added = appendAt(EMPTY, ['tools', 'x', 'limits'], { concurrent: 2 });
    expect(readDocument(added)?.tools).toEqual({ x: { limits: [{ concurrent: 2 }] } });
    expect(readDocument(removeAt(added, ['tools', 'x', 'limits', 0]))?.tools).toEqual({ x: {} });
  });

  it('goes from each state to each other one, and back', () => {
    const states = ['allow', 'ask', 'deny', 'hide', 'inherit'] as const;
    for (const from of states) {
      for (const to of states) {
        const text = withState(withState(EMPTY, 'x', from), 'x', to);
        expect(stateOf(readDocument(text)!, 'x')).toBe(to);
      }
    }
    expect(readDocument(withState(withState(EMPTY, 'x', 'hide'), 'x', 'inherit'))).toEqual({
      version: '1',
      default: 'deny',
    });
  });

  it('treats names of Object.prototype as names', () => {
    const document = readDocument(EMPTY)!;
    expect(stateOf(document, 'constructor')).toBe('inherit');
    expect(stateOf(readDocument(withState(EMPTY, 'constructor', 'allow'))!, 'constructor')).toBe('allow');
  });

  it('renames a selector in its place', () => {
    const text = withState(withState(EMPTY, 'a', 'allow'), 'b', 'deny');
    expect(Object.keys(readDocument(renameAt(text, ['tools', 'a'], 'c'))!.tools!)).toEqual(['c', 'b']);
  });

  it('has no document for text that is not an object of JSON', () => {
    for (const text of ['', '[]', '{"a":}', '{"a": 1', 'version: 1'])
      expect(readDocument(text)).toBeUndefined();
  });
});

describe('what a document makes of a tool', () => {
  const tool = { name: 'rm', class: 'Destructive', classes: ['Write', 'Destructive'] } as const;

  it('follows hide, class admission, always-rules and the default', () => {
    const kind = (document: object): string =>
      effectOn({ version: '1', default: 'deny', ...document } as never, tool).kind;
    expect(kind({})).toBe('deny');
    expect(kind({ default: 'allow' })).toBe('allow');
    expect(kind({ tools: { '@write': {} } })).toBe('deny');
    expect(kind({ tools: { '@destructive': {} } })).toBe('allow');
    expect(kind({ tools: { 'r*': { approve_if: [{ conditions: [] }] } } })).toBe('ask');
    expect(kind({ tools: { rm: {} }, all_tools: { limits: [{ concurrent: 1 }] } })).toBe('conditional');
    expect(kind({ tools: { rm: {} }, hide: ['@destructive'] })).toBe('hide');
  });
});

describe('arguments from an input schema', () => {
  it('have paths, kinds and the values of enums', () => {
    const fields = argumentFields({
      type: 'object',
      required: ['url'],
      properties: {
        url: { type: 'string' },
        mode: { enum: ['a', 'b'] },
        'odd.key': { type: 'integer' },
        items: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' } } } },
        maybe: { anyOf: [{ type: 'null' }, { type: 'boolean' }] },
      },
    });
    expect(fields.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'args.url url',
      'args.mode enum',
      'args["odd.key"] number',
      'args.items list',
      'args.items[*] object',
      'args.items[*].price number',
      'args.maybe boolean',
    ]);
    expect(fields[0]?.required).toBe(true);
  });

  it('come to an end in a schema that is not one', () => {
    for (const schema of [null, 7, { properties: 7 }, { properties: { a: null, b: { items: 'x' } } }])
      expect(Array.isArray(argumentFields(schema as never))).toBe(true);
  });
});

describe('the summary', () => {
  it('says a rate limit in words', () => {
    const lines = summarise({
      version: '1',
      default: 'deny',
      tools: { run: { limits: [{ counter: 'run_rate', window: 'minute', max: 10, scope: 'grant' }] } },
    });
    expect(lines.map(({ subject, text }) => `${subject} ${text}`)).toEqual([
      'run may be called at most 10 calls a minute with one grant',
      'Everything else is denied',
    ]);
  });
});

describe('short spellings', () => {
  const text = (rules: unknown): string =>
    JSON.stringify({ version: '1', default: 'deny', tools: { x: rules } });
  const canonical = (rules: unknown) => canonicalOf(readDocument(text(rules))!);

  it('are shown as what they do', () => {
    const tool = { name: 'x', class: 'Write', classes: ['Write'] } as const;
    for (const [rules, state, kind] of [
      [{ action: 'deny', reason: 'No.' }, 'deny', 'deny'],
      [{ action: 'require_approval', approval_timeout: '5m' }, 'ask', 'ask'],
      [{ action: 'hide' }, 'hide', 'hide'],
      [{ action: 'allow' }, 'allow', 'allow'],
      [{ rate_limit: { max: 10, window: 60 } }, 'custom', 'conditional'],
      [{ require: [{ path: 'args.a', op: 'exists', value: true }] }, 'custom', 'conditional'],
    ] as const) {
      expect([stateOf(canonical(rules), 'x'), effectOn(canonical(rules), tool).kind]).toEqual([state, kind]);
    }
  });

  it('are written out before something in them is changed, and others are left alone', () => {
    const short = text({ deny_if: [{ path: 'args.a', op: 'eq', value: 1 }], rate_limit: '5/hour' });
    const { limits, deny_if: denyIf } = readDocument(writtenOut(short, ['tools', 'x', 'limits']))!.tools![
      'x'
    ]!;
    expect(denyIf).toEqual([{ conditions: [{ path: 'args.a', op: 'eq', value: 1 }] }]);
    expect(limits).toMatchObject([{ max: 5, window: 'hour' }]);
    const long = text({ deny_if: [{ conditions: [] }], unknown: 1 });
    expect(writtenOut(long, ['tools', 'x', 'deny_if'])).toBe(long);
    expect(writtenOut(short, ['default'])).toBe(short);
  });

  it('can be left for each state', () => {
    for (const to of ['allow', 'ask', 'deny', 'hide', 'inherit'] as const)
      expect(stateOf(canonicalOf(readDocument(withState(text({ action: 'hide' }), 'x', to))!), 'x')).toBe(to);
    expect(readDocument(withState(text({ action: 'hide' }), 'x', 'custom'))!.tools).toEqual({ x: {} });
  });
});

describe('a document with values of wrong types', () => {
  it.each([
    { limits: [1] },
    { limits: [{ by: 1 }] },
    { limits: {} },
    { require: [null] },
    { require: [{ conditions: [{ any_of: 1 }] }] },
    { require: [{ conditions: [{ not: null }] }] },
    { results: { redact: 'x' } },
    { action: 5 },
    null,
    [],
  ])('is not one that can be drawn: %j', (rules) => {
    expect(
      readDocument(JSON.stringify({ version: '1', default: 'deny', tools: { x: rules } })),
    ).toBeUndefined();
    expect(readDocument(JSON.stringify({ version: '1', default: 'deny', all_tools: rules }))).toBeUndefined();
  });

  it('is one while members are missing', () => {
    expect(readDocument('{"tools":{"x":{"limits":[{}],"require":[{"conditions":[{}]}]}}}')).toBeDefined();
  });
});
