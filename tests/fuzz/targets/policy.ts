/** Policies: any text is refused with problems or compiles; what is stored of it means the same, and judges any call. */
import { compilePolicy, evaluate, parsePolicy, type CompiledPolicy } from '../../../src/policy/index.ts';
import type { Target } from '../target.ts';

const CALLS = [
  {},
  { a: 1, mode: 'danger', amount: 100, nested: { list: [1, 'x', null], text: 'é' } },
  { a: 'x'.repeat(200), amount: -0.5, mode: ['danger'], sql: 'select 1; drop table x', path: '../../etc' },
];

export const policy: Target = {
  name: 'policy',
  sources: /\/src\/policy\//,
  seeds: [
    '{"version":"1","default":"deny","tools":{"work":{"deny_if":[{"conditions":[{"path":"args.mode","op":"eq","value":"danger"}],"on_deny":"no"}]}}}',
    '{"version":"1","default":"allow","hide":["x*"],"tools":{"*":{"rate_limit":"5/hour"},"work":{"require":[{"conditions":[{"path":"args.amount","op":"lte","value":100}]}]}}}',
    '{"version":"1","tools":{"work":{"limits":[{"counter":"c","window":"day","max":3,"increment_from":"args.amount","by":"args.a"}]}},"resources":{"default":"deny","allow":["file://*"]}}',
    'version: "1"\ndefault: allow\ntools:\n  work:\n    action: require_approval\n    reason: ask\n',
    '{"version":"1","tools":{"work":{"approve_if":[{"conditions":[{"path":"args.nested.list[*]","op":"contains","value":"x"},{"path":"args.sql","op":"regex","value":"(?i)drop"}]}]}}}',
  ],
  tokens: [
    '"version":"1"',
    '"default":',
    '"allow"',
    '"deny"',
    '"tools":',
    '"hide":',
    '"limits":',
    '"window":',
    '"max":',
    '"concurrent":1',
    '"rate_limit":',
    '"action":',
    '"hide"',
    '"require_approval"',
    '"conditions":',
    '"any":',
    '"not":',
    '"path":"args.',
    '"op":',
    '"regex"',
    '"value":',
    '"in"',
    '"exists"',
    '[*]',
    '(a+)+$',
    '(?i)',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\n  ',
    '- ',
    '&a ',
    '*a',
    '<<: ',
    '!!js',
    '"__proto__":',
    '1e999',
    'null',
  ],
  check: (input) => {
    const parsed = parsePolicy(input.toString('utf8'));
    if (!parsed.ok) {
      if (parsed.problems.length === 0) throw new Error('refused without a problem');
      return;
    }
    const stored = JSON.stringify(parsed.document);
    const again = parsePolicy(stored);
    if (!again.ok) throw new Error(`what is stored is refused: ${again.problems[0]?.message}`);
    if (JSON.stringify(again.document) !== stored) throw new Error('what is stored is not canonical');
    const [first, second] = [compilePolicy(parsed.document), compilePolicy(again.document)];
    for (const name of ['work', 'other', 'x', '__proto__'])
      for (const args of CALLS) {
        const verdict = judge(first, name, args);
        if (verdict !== judge(first, name, args)) throw new Error('the same call gets another verdict');
        if (verdict !== judge(second, name, args)) throw new Error('what is stored judges otherwise');
      }
  },
};

function judge(compiled: CompiledPolicy, name: string, args: (typeof CALLS)[number]): string {
  const facts = {
    tool: { name, classes: ['Write'] as const, class: 'Write' as const },
    args,
    grant: { label: 'grant', tags: [] },
    client: {},
    now: 0,
    hasSession: false,
  };
  return JSON.stringify(evaluate(compiled, facts, () => undefined));
}
