import type { AttackPattern } from '../../attacks/types.ts';

/** Three patterns of different reach: for code, for whatever sends data, for any tool. */
export const SAMPLE_ATTACKS: readonly AttackPattern[] = [
  {
    slug: 'code-for-the-agent',
    title: 'Code slipped to an agent',
    summary: 'A text that the agent reads asks it to run a program, and the tool runs what it is given.',
    mechanism: [
      'The attacker writes instructions into something that the agent will read: an issue, a page, a file.',
      'The agent takes them for part of its task and calls the tool with the attacker’s program.',
    ],
    incidents: [
      {
        title: 'A demonstration with an issue tracker',
        date: '2025-05',
        source: 'https://example.com/report',
      },
    ],
    classes: ['Execute'],
    signals: ['accepts-code', 'accepts-shell'],
    references: ['OWASP MCP05:2025'],
    policy: {
      version: '1',
      default: 'deny',
      tools: { run_code: { approve_if: [{ conditions: [], reason: 'A person reads the program first.' }] } },
    },
    remains: 'A program that a person approves without reading it.',
    steps: [
      {
        tool: { classes: ['Execute'], signals: ['accepts-code'] },
        arguments: () => ({ code: 'print("harmless here")' }),
        times: 3,
      },
    ],
  },
  {
    slug: 'data-leaves-by-a-tool',
    title: 'Data leaves through a tool',
    summary: 'What the agent has read in one place is carried out by another tool.',
    mechanism: ['Private data and a way out meet in one session; the attacker only has to ask.'],
    incidents: [],
    classes: [],
    signals: ['sends-data-out', 'accepts-url'],
    references: ['CoSAI T4'],
    policy: { version: '1', default: 'deny', tools: {} },
    remains: 'Data that is spelled into an argument that must stay free.',
    steps: [],
  },
  {
    slug: 'runaway-loop',
    title: 'An agent that does not stop',
    summary: 'An error makes the agent try again, and again, as fast as the server answers.',
    mechanism: ['Nothing malicious is needed: a failing call and an agent that wants to succeed.'],
    incidents: [],
    classes: [],
    signals: [],
    references: [],
    policy: { version: '1', default: 'allow' },
    remains: 'A loop that stays under the limit.',
    steps: [],
  },
];
