import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestId } from '../wire/index.ts';
import { applyResultRules, filterList, toolDenial, unknownTool } from './index.ts';

const ID: RequestId = { value: 7, text: '7' };
const list = (elements: string, rest = ''): Buffer =>
  Buffer.from(`{"jsonrpc":"2.0","id":1,"result":{ "tools" : [ ${elements} ]${rest} }}`);

describe('a filtered list', () => {
  it('is the very same buffer when nothing is hidden', () => {
    const bytes = list('{"name":"a","x":1.0}', ',"nextCursor":""');
    const filtered = filterList(bytes, 'tools', () => true, 'legacy');
    expect(filtered.bytes).toBe(bytes);
    expect(filtered).toMatchObject({ hidden: 0, more: true });
  });

  it('keeps order, unknown members and spelling of what stays', () => {
    const filtered = filterList(
      list(
        '{"name":"a","z":9007199254740993, "é":1.0} , {"name":"b"},{"y":2,"name":"c"}',
        ',"_meta":{"k":1e2}',
      ),
      'tools',
      ({ name }) => name !== 'b',
      'legacy',
    );
    expect(filtered.bytes.toString()).toBe(
      '{"jsonrpc":"2.0","id":1,"result":{ "tools" : [ {"name":"a","z":9007199254740993, "é":1.0},{"y":2,"name":"c"} ],"_meta":{"k":1e2} }}',
    );
    expect(filtered.hidden).toBe(1);
  });

  it('drops elements without a name, and can become empty', () => {
    const filtered = filterList(
      list('{"Name":"a"},7,{"name":1},{"name":"x"}'),
      'tools',
      () => false,
      'legacy',
    );
    expect(JSON.parse(filtered.bytes.toString())).toEqual({ jsonrpc: '2.0', id: 1, result: { tools: [] } });
  });

  it.each([
    ['two lists', '{"result":{"tools":[],"tools":[{"name":"a"}]}}'],
    ['two results', '{"result":{"tools":[]},"result":{"tools":[{"name":"a"}]}}'],
    ['an element with two names', '{"result":{"tools":[{"name":"a","name":"b"}]}}'],
    ['two spellings of its list', '{"result":{"tools":[],"Tools":[{"name":"a"}]}}'],
    ['two spellings of its result', '{"result":{"tools":[]},"RESULT":{"tools":[{"name":"a"}]}}'],
    ['two spellings of its list, one escaped', '{"result":{"tools":[],"t\\u006fols":[{"name":"a"}]}}'],
    ['an element with two spellings of its name', '{"result":{"tools":[{"name":"a","Name":"b"}]}}'],
    ['two scopes', '{"result":{"tools":[],"cacheScope":"private","cacheScope":"public"}}'],
    ['two spellings of its scope', '{"result":{"tools":[],"cacheScope":"private","CacheScope":"public"}}'],
    ['an error instead', '{"error":{"code":1,"message":""}}'],
    ['a broken list', '{"result":{"tools":[{"name":"a"} {"name":"b"}]}}'],
    ['an end that is missing', '{"result":{"tools":[{"name":"a"}]'],
    ['no list', '{"result":{}}'],
    ['an object for a list', '{"result":{"tools":{"name":"a"}}}'],
  ])('does not pass when it has %s', (_, text) => {
    expect(() => filterList(Buffer.from(text), 'tools', () => true, 'legacy')).toThrow(
      expect.objectContaining({ code: 'PC_UPSTREAM_PROTOCOL' }),
    );
  });

  it('is private to its caller in the modern era', () => {
    const shared = Buffer.from('{"result":{"tools":[{"name":"a"}],"ttlMs":5,"cacheScope":"public"}}');
    expect(JSON.parse(filterList(shared, 'tools', () => true, 'modern').bytes.toString())).toEqual({
      result: { tools: [{ name: 'a' }], ttlMs: 5, cacheScope: 'private' },
    });
    const silent = Buffer.from('{"result":{"tools":[],"ttlMs":5}}');
    expect(JSON.parse(filterList(silent, 'tools', () => true, 'modern').bytes.toString())).toMatchObject({
      result: { cacheScope: 'private' },
    });
    const typed = Buffer.from('{"result":{"resultType":"complete","tools":[]}}');
    expect(filterList(typed, 'tools', () => true, 'modern').bytes.toString()).toBe(
      '{"result":{"cacheScope":"private","resultType":"complete","tools":[]}}',
    );
    const before = Buffer.from(
      '{"result":{"cacheScope" : "public","tools":[{"name":"a"},{"name":"b"}],"ttlMs":5}}',
    );
    expect(filterList(before, 'tools', ({ name }) => name === 'b', 'modern').bytes.toString()).toBe(
      '{"result":{"cacheScope" : "private","tools":[{"name":"b"}],"ttlMs":5}}',
    );
  });

  it('stays as it is when it is private already, or says nothing of the modern era', () => {
    for (const text of ['{"result":{"tools":[],"cacheScope":"private"}}', '{"result":{"tools":[]}}']) {
      const bytes = Buffer.from(text);
      expect(filterList(bytes, 'tools', () => true, 'modern').bytes).toBe(bytes);
    }
    const legacy = Buffer.from('{"result":{"tools":[],"ttlMs":5,"cacheScope":"public"}}');
    expect(filterList(legacy, 'tools', () => true, 'legacy').bytes).toBe(legacy);
  });

  it('is the list without what was hidden', () => {
    const element = fc.record({
      name: fc.string({ minLength: 1 }),
      extra: fc.jsonValue(),
      show: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(element, { maxLength: 8 }), fc.constantFrom(0, 2), (tools, indent) => {
        const text = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools, after: 1 } }, null, indent);
        if (!text.isWellFormed() || /\\ud[89a-f]/i.test(text)) return;
        const filtered = filterList(Buffer.from(text), 'tools', ({ show }) => show === true, 'legacy');
        const expected = JSON.parse(
          JSON.stringify({
            jsonrpc: '2.0',
            id: 1,
            result: { tools: tools.filter(({ show }) => show), after: 1 },
          }),
        ) as unknown;
        expect(JSON.parse(filtered.bytes.toString())).toEqual(expected);
      }),
    );
  });
});

describe('result rules', () => {
  const answer = (result: object): Buffer => Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 7, result }));
  it('black out secrets and keep the shape', () => {
    const bytes = answer({
      content: [{ type: 'text', text: 'key AKIAABCDEFGHIJKLMNOP and password=hunter2222' }],
      structuredContent: { token: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', n: 1 },
    });
    const text = applyResultRules(bytes, { redact: ['secrets'] }, 'legacy', ID).toString();
    expect(text).not.toMatch(/AKIAABCD|hunter2222|ghp_abc/);
    expect(JSON.parse(text)).toMatchObject({
      result: { content: [{ type: 'text' }], structuredContent: { token: '[redacted: GitHub token]', n: 1 } },
    });
  });

  it('leave other bytes alone', () => {
    const bytes = Buffer.from(
      '{"jsonrpc":"2.0","id":7,"result":{"n":9007199254740993,"e-mail@example.com":"x", "to":"a@example.com"}}',
    );
    expect(applyResultRules(bytes, { redact: ['emails'] }, 'legacy', ID).toString()).toBe(
      '{"jsonrpc":"2.0","id":7,"result":{"n":9007199254740993,"e-mail@example.com":"x", "to":"[redacted: e-mail address]"}}',
    );
    expect(applyResultRules(bytes, { redact: ['secrets'] }, 'legacy', ID)).toBe(bytes);
  });

  it('replace a result that is too large by an error that says so', () => {
    const judged = JSON.parse(
      applyResultRules(
        answer({ content: ['x'.repeat(500)] }),
        { redact: [], maxBytes: 100 },
        'modern',
        ID,
      ).toString(),
    ) as { result: { isError: boolean; resultType: string; content: { text: string }[] } };
    expect(judged.result).toMatchObject({ isError: true, resultType: 'complete' });
    expect(judged.result.content[0]!.text).toContain('at most 100');
  });
});

describe('denials', () => {
  it('are tool results in the form of the era', () => {
    expect(JSON.parse(toolDenial(ID, 'legacy', 'No.', { rule: '/x' }).toString())).toEqual({
      jsonrpc: '2.0',
      id: 7,
      result: {
        content: [{ type: 'text', text: '[POLICY DENIED] No.' }],
        isError: true,
        _meta: { 'dev.portcullis/decision': { rule: '/x' } },
      },
    });
    expect(JSON.parse(toolDenial(ID, 'modern', 'No.', {}).toString())).toMatchObject({
      result: { resultType: 'complete' },
    });
  });

  it('of hidden tools look like a tool that is not there', () => {
    expect(JSON.parse(unknownTool(ID, 'x').toString())).toEqual({
      jsonrpc: '2.0',
      id: 7,
      error: { code: -32602, message: 'Unknown tool: x' },
    });
  });
});
