import { describe, expect, it } from 'vitest';
import { judgeCode, Pace } from './index.ts';
import { compiled, facts, judge, judgeWithCode, withCondition } from './samples.ts';

const condition = { path: 'args.code', op: 'code_within', value: { language: 'python', imports: ['json'] } };
const call = (code: unknown) => facts('t', { code: code as string });
const untimed = new Pace(
  () => 0,
  () => Promise.resolve(),
);

describe('code_within', () => {
  it('lets a text through that stays within, and says which line does not', async () => {
    expect(
      (await judgeWithCode(withCondition('require', condition), call('import json\nprint(json.dumps(1))')))
        .outcome,
    ).toBe('allow');
    const verdict = await judgeWithCode(
      withCondition('require', condition),
      call('import json\n\nimport os'),
    );
    expect(verdict.outcome).toBe('deny');
    expect(verdict.message).toContain(
      'args.code line 3, column 8: the module os is not among the permitted imports',
    );
    expect(verdict.trace.at(-1)!.detail).toContain('line 3, column 8');
  });

  it('counts against the call what does not parse, is no text, or was not read', async () => {
    for (const code of ['def (', 7, null]) {
      expect((await judgeWithCode(withCondition('require', condition), call(code))).outcome).toBe('deny');
      if (code !== null)
        expect((await judgeWithCode(withCondition('deny_if', condition), call(code))).outcome).toBe('deny');
    }
    // `evaluate` without `readCode` before it.
    expect(judge(withCondition('require', condition), call('x = 1')).outcome).toBe('deny');
    expect(judge(withCondition('deny_if', condition), call('import os')).outcome).toBe('deny');
  });

  it('reads every element, and conditions at any depth', async () => {
    const each = { ...condition, path: 'args.cells[*].code' };
    const nested = {
      any_of: [{ path: 'args.raw', op: 'eq', value: true }, { all_of: [{ not: { not: each } }] }],
    };
    const cells = (...codes: string[]) => facts('t', { cells: codes.map((code) => ({ code })) });
    expect((await judgeWithCode(withCondition('require', nested), cells('x = 1', 'y = 2'))).outcome).toBe(
      'allow',
    );
    expect((await judgeWithCode(withCondition('require', nested), cells('x = 1', 'import os'))).outcome).toBe(
      'deny',
    );
  });

  it('costs calls nothing where the policy reads no code of the tool', () => {
    expect(
      compiled(withCondition('require', { path: 'args.code', op: 'exists', value: true })).readCode,
    ).toBeUndefined();
    const other = compiled(withCondition('require', condition)).readCode!(
      facts('other', { code: 'x' }),
      untimed,
    );
    expect(other).toBeUndefined();
  });

  it('reads the same text once under one rule', async () => {
    const policy = compiled(withCondition('require', { ...condition, path: 'args.codes[*]' }));
    const verdicts = await policy.readCode!(facts('t', { codes: ['x = 1', 'x = 1'] }), untimed);
    expect([...verdicts!.values()].map((known) => known.size)).toEqual([1]);
  });

  it('says what is wrong with its operand', () => {
    const problems = (value: object): string => {
      try {
        compiled(withCondition('require', { path: 'args.code', op: 'code_within', value }));
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(problems({ language: 'pyton' })).toContain('did you mean \\"python\\"');
    expect(problems({ language: 'python', import: ['json'] })).toContain('did you mean \\"imports\\"');
    expect(problems({ language: 'python', commands: ['ls'] })).toContain('unknown member');
    expect(problems({ language: 'sql', statements: ['selct'] })).toContain('did you mean \\"select\\"');
    expect(problems({ language: 'shell', commands: 'ls' })).toContain('expected an array');
    expect(problems({ imports: ['json'] })).toContain('missing');
    expect(problems({ language: 'sql', dialect: 'mysql', statements: ['select'], tables: ['a'] })).toBe('');
  });

  it('gives an editor every objection with its offsets', async () => {
    const text = 'import os\nx = eval("1")\n';
    const { objections } = await judgeCode(text, { language: 'python' }, untimed);
    expect(objections.map(({ from, to }) => text.slice(from, to))).toEqual(['os', 'eval']);
    expect(objections.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('rests between slices, one reader in each round', async () => {
    let rests = 0;
    let time = 0;
    const pace = new Pace(
      () => (time += 0.5),
      () => Promise.resolve((rests += 1)),
    );
    await judgeCode('x = 1\n'.repeat(300), { language: 'python' }, pace, Number.POSITIVE_INFINITY);
    expect(rests).toBeGreaterThan(0);
  });
});
