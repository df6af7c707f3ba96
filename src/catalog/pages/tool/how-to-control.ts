/** The rule to paste, in three strengths; the balanced one first, as the catalogue prints it. */
import { argumentRules } from '../../recommend/argument-rules.ts';
import type { Strength } from '../../recommend/base-rules.ts';
import { recommend } from '../../recommend/recommend.ts';
import { code, foreign, joined, link, name, soft, steps, strong, text } from '../blocks/make.ts';
import type { Block, Inline } from '../blocks/types.ts';
import { builderPath } from '../page-paths.ts';
import { CLASS_WORDS } from '../words/classes.ts';
import { shownPolicy } from './shown-policy.ts';
import type { ToolView } from './tool-view.ts';

export function howToControl(view: ToolView): Block {
  const { name: shown, server, tool, assessment, serverTitle, serverNoun } = view;
  const words = CLASS_WORDS[assessment.class];
  const builder = builderPath(server.slug, tool.name);
  return {
    kind: 'section',
    id: 'control',
    look: 'panel',
    title: ['How to control ', code(shown)],
    blocks: [
      text(
        'Portcullis is an open-source MCP gateway. It stands between your agents and ',
        foreign(serverTitle),
        ', and nothing reaches the server that your rules do not let through. For ',
        code(shown),
        ' we recommend this rule:',
      ),
      ...policyBlocks(view, 'balanced', 'policy.json'),
      text(code(shown), ' ', effect(view)),
      {
        kind: 'actions',
        items: [
          { href: builder, text: words.action, main: true },
          { href: '#strengths', text: 'Looser or stricter' },
        ],
      },
      steps(
        [
          'Start Portcullis and register the ',
          foreign(serverNoun),
          '. It runs on your own machine; no account is needed.',
        ],
        [
          'Add this policy: paste it as it stands, or ',
          link(builder, 'open it in the builder'),
          ' and change what you like.',
        ],
        [
          'Point your MCP client (Claude, Cursor or any other) at the gateway’s URL for the server: ',
          code(`/mcp/${server.slug.slice(0, 60)}`),
          '.',
        ],
      ),
      soft('Free, open source, Apache-2.0. No account, no card.'),
      {
        kind: 'section',
        id: 'strengths',
        title: 'Looser or stricter',
        blocks: [
          {
            kind: 'fold',
            title: 'Observe: let everything pass and write it down',
            blocks: [
              text(
                'To learn what your agents do before you decide. Nothing is refused; every call is on the decision log.',
              ),
              ...policyBlocks(view, 'observe', 'policy.json, observe'),
            ],
          },
          {
            kind: 'fold',
            title: 'Strict: tighter limits and rules on arguments',
            blocks: [text(strictWords(view)), ...policyBlocks(view, 'strict', 'policy.json, strict')],
          },
        ],
      },
    ],
  };
}

function policyBlocks(
  { definition, assessment }: ToolView,
  strength: Strength,
  title: string,
): readonly Block[] {
  const shown = shownPolicy(recommend(definition, assessment, strength));
  return shown === undefined
    ? [soft('Its names are so long that the policy does not fit on a page; the builder shows it.')]
    : [{ kind: 'code', id: `policy-${strength}`, name: title, text: shown, language: 'json' }];
}

function effect({ assessment, definition, tool }: ToolView): string {
  const policy = recommend(definition, assessment);
  const named = policy.hide?.includes(tool.name) === true || Object.hasOwn(policy.tools ?? {}, tool.name);
  if (!named) return 'stays denied: a policy cannot name it exactly, because its name reads like a pattern.';
  const words = CLASS_WORDS[assessment.class].effect;
  return assessment.class === 'Read'
    ? words
    : `${words} Everything else on the server is denied unless you say otherwise.`;
}

function strictWords({ definition, assessment }: ToolView): Inline {
  const rules = argumentRules(definition, assessment);
  if (rules.length === 0)
    return 'Fewer calls a minute than the balanced rule, and a person’s approval for whatever runs things or pays.';
  const open = rules.filter(({ fillIn }) => fillIn).map(({ argument }) => name(argument));
  return [
    'It looks into the arguments too: ',
    joined(rules.map(({ argument }) => name(argument))),
    rules.length === 1 ? ' is bounded.' : ' are bounded.',
    ...(open.length === 0
      ? []
      : [
          ' For ',
          joined(open),
          ' put in ',
          strong('your own values'),
          ': the example stands for “nothing yet”, so the rule refuses every call until you do.',
        ]),
  ];
}
