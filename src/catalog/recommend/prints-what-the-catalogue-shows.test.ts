import { expect, it } from 'vitest';
import { CODEFORGE_TOOLS, ORGO_TOOLS } from '../classify/sample-tools.ts';
import { classify, printPolicy, recommend, recommendServer } from '../index.ts';

const sample = (name: string) =>
  [...ORGO_TOOLS, ...CODEFORGE_TOOLS].find(({ definition }) => definition.name === name)!.definition;

it.each(['orgo_exec', 'execute_code'])('%s: ten calls a minute for each grant, and nothing else', (name) => {
  const definition = sample(name);
  expect(printPolicy(recommend(definition, classify(definition)))).toBe(`{
  "version": "1",
  "default": "deny",
  "tools": {
    "${name}": {
      "limits": [
        {
          "counter": "${name}_rate",
          "window": "minute",
          "max": 10,
          "scope": "grant"
        }
      ]
    }
  }
}`);
});

it.each([
  ['get_note', { tools: { get_note: {} } }],
  [
    'create_note',
    {
      tools: {
        create_note: { limits: [{ counter: 'create_note_rate', window: 'minute', max: 30, scope: 'grant' }] },
      },
    },
  ],
  ['delete_note', { hide: ['delete_note'] }],
  [
    'refund_payment',
    { tools: { refund_payment: { approve_if: [{ conditions: [], reason: 'Requires human approval.' }] } } },
  ],
])('%s gets the rule of its class', (name, members) => {
  expect(recommend({ name }, classify({ name }))).toEqual({ version: '1', default: 'deny', ...members });
});

it('observe lets everything pass', () => {
  const name = 'delete_note';
  expect(recommend({ name }, classify({ name }), 'observe')).toEqual({
    version: '1',
    default: 'allow',
    tools: { delete_note: {} },
  });
});

it('merges the tools of a server into one policy', () => {
  const tools = CODEFORGE_TOOLS.map(({ definition }) => ({ definition, assessment: classify(definition) }));
  expect(recommendServer(tools)).toEqual({
    version: '1',
    default: 'deny',
    hide: ['delete_skill'],
    tools: {
      execute_code: { limits: [{ counter: 'execute_code_rate', window: 'minute', max: 10, scope: 'grant' }] },
      list_apis: {},
      get_instructions: {},
      update_skill: { limits: [{ counter: 'update_skill_rate', window: 'minute', max: 30, scope: 'grant' }] },
    },
  });
});

it('keeps a tool hidden that the server lists twice, once harmless', () => {
  const harmless = { definition: { name: 'x' }, assessment: classify({ name: 'get_x' }) };
  const grave = { definition: { name: 'x' }, assessment: classify({ name: 'delete_x' }) };
  for (const tools of [
    [harmless, grave],
    [grave, harmless],
  ])
    expect(recommendServer(tools)).toEqual({ version: '1', default: 'deny', hide: ['x'] });
});
