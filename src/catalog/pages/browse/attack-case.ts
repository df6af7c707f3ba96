/** The runnable case of an attack: its steps, and how it ends with no policy and with the pattern's own. */
import { play, type Played } from '../../attacks/play.ts';
import type { AttackPattern, AttackStep } from '../../attacks/types.ts';
import { assessTools } from '../../recommend/assess-tools.ts';
import { checkPolicy, type PolicyDocument } from '../../../policy/index.ts';
import { code, soft, text } from '../blocks/make.ts';
import type { Block, Inline } from '../blocks/types.ts';
import { CLASS_WORDS } from '../words/classes.ts';
import { lowered, SIGNAL_WORDS } from '../words/signals.ts';

const ALLOW_ALL: PolicyDocument = { version: '1', default: 'allow' };

export function attackCase(attack: AttackPattern): readonly Block[] {
  const items = attack.steps.map(stepItem);
  return [
    text(
      'The pattern comes with a case: calls as an agent under attack would send them, played through the engine of the gateway.',
    ),
    ...(items.length === 0 ? [] : [{ kind: 'list', ordered: true, items } as const]),
    ...outcomes(attack),
    {
      kind: 'code',
      id: 'play',
      name: 'against your own policy',
      language: 'sh',
      text: 'npx portcullis policy attack policy.json --tools tools.json',
    },
    soft(
      'It plays all patterns that fit your tools, without calling the real server; ',
      code('--help'),
      ' tells more.',
    ),
  ];
}

function stepItem({ tool, times = 1, listed, approved, newSessions }: AttackStep): Inline {
  if (listed === true) return ['The agent reads the list, in which ', code(tool.name ?? ''), ' stands.'];
  return [
    times === 1 ? 'One call' : `${times} calls`,
    ' of ',
    tool.name === undefined ? kindOf(tool) : code(tool.name),
    ', with hostile arguments that fit its schema',
    approved === true ? '; a person agrees to each' : '',
    newSessions === true ? '; each in a session of its own' : '',
    '.',
  ];
}

/** `an Execute tool that takes program code`. */
function kindOf({ classes = [], signals = [] }: AttackStep['tool']): string {
  const kind = classes.length === 0 ? 'any tool' : classes.map((one) => CLASS_WORDS[one].a).join(' or ');
  return signals.length === 0
    ? kind
    : `${kind} that ${signals.map((one) => lowered(SIGNAL_WORDS[one].label)).join(' and ')}`;
}

function outcomes(attack: AttackPattern): readonly Block[] {
  const { examples = [], policy } = attack;
  const own = checkPolicy(policy);
  if (examples.length === 0 || attack.steps.length === 0 || !own.ok) return [];
  const tools = assessTools(examples);
  return [
    {
      kind: 'table',
      caption: 'How it ends',
      head: ['Policy', 'Outcome', 'By'],
      rows: [
        ['none: everything is allowed', ...ending(play(attack, ALLOW_ALL, tools))],
        ['the one above', ...ending(play(attack, own.document, tools))],
      ],
    },
  ];
}

function ending({ outcome, steps, decidedBy }: Played): readonly [Inline, Inline] {
  const step = decidedBy === undefined ? undefined : steps[decidedBy];
  if (step === undefined) return [outcome, 'nothing'];
  const passed = outcome === 'limited' ? `: ${step.passed} of ${step.tried} calls got through` : '';
  return [`${outcome}${passed}`, ['step ', String(decidedBy! + 1), ', ', code(step.rule)]];
}
