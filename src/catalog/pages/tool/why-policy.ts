/** Why the tool needs a policy: sentences from class and signals, and the words of the definition that decided. */
import type { ToolClass } from '../../../policy/index.ts';
import type { AttackPattern } from '../../attacks/types.ts';
import type { Evidence, Signal } from '../../types.ts';
import { cleanText } from '../clean-text.ts';
import { chip, code, joined, name, soft, text } from '../blocks/make.ts';
import type { Block, Inline } from '../blocks/types.ts';
import { attackPath, riskPath } from '../page-paths.ts';
import { CLASS_WORDS } from '../words/classes.ts';
import { SIGNAL_WORDS } from '../words/signals.ts';
import { evidenceQuotes } from './evidence-quotes.ts';
import type { ToolView } from './tool-view.ts';

const MOST_ATTACKS = 6;
const SURE = 0.7;

export function whyPolicy(view: ToolView, attacks: readonly AttackPattern[]): Block {
  const { assessment, name: shown } = view;
  const quotes = evidenceQuotes(view);
  return {
    kind: 'section',
    id: 'why',
    above: chip(assessment.severity, `${assessment.severity} risk`, riskPath(assessment.severity)),
    title: ['Why ', code(shown), ' needs a policy'],
    blocks: [
      text(code(shown), ` is ${CLASS_WORDS[assessment.class].a}. ${CLASS_WORDS[assessment.class].danger}`),
      ...signalSentences(view),
      ...doubts(view),
      ...(quotes.length === 0
        ? []
        : [sub('evidence', 'From the tool’s definition', [{ kind: 'quotes', items: quotes }])]),
      ...(assessment.signals.length === 0
        ? []
        : [
            sub('signals', 'Risk signals', [
              {
                kind: 'chips',
                label: 'Risk signals',
                items: assessment.signals.map((one) => chip('signal', SIGNAL_WORDS[one].label)),
              },
            ]),
          ]),
      ...(attacks.length === 0 ? [] : [attackList(view, attacks)]),
    ],
  };
}

function sub(id: string, title: Inline, blocks: readonly Block[]): Block {
  return { kind: 'section', id, title, blocks };
}

/** One sentence for each signal, with the parameters that carry it. */
function signalSentences({ assessment }: ToolView): readonly Block[] {
  return assessment.signals.slice(0, 4).map((signal) => {
    const { label, danger } = SIGNAL_WORDS[signal];
    const carriers = [
      ...new Set(assessment.evidence.filter(isParameter(signal)).map(({ words }) => words)),
    ].slice(0, 3);
    const lower = label[0]!.toLowerCase() + label.slice(1);
    return carriers.length === 0
      ? text(`It ${lower}. ${danger}`)
      : text('Through ', joined(carriers.map(name)), ` it ${lower}. ${danger}`);
  });
}

function isParameter(signal: Signal): (evidence: Evidence) => boolean {
  return ({ says, place }) => says === signal && place.startsWith('inputSchema.properties.');
}

/** What makes the judgement less sure, or somebody else's. */
function doubts({ assessment, tool }: ToolView): readonly Block[] {
  const found: Block[] = [];
  const others = assessment.classes.filter((one) => one !== assessment.class);
  if (others.length > 0)
    found.push(soft(`It also acts as ${list(others)}; the gravest of its classes names it.`));
  if (tool.classOverride !== null && tool.classOverride !== tool.assessment.class)
    found.push(
      soft(
        `An operator of this catalogue set the class; the definition alone reads as ${tool.assessment.class}.`,
      ),
    );
  else if (assessment.confidence < SURE)
    found.push(
      soft(
        `The definition says little that decides (confidence ${assessment.confidence}). Look at the tool yourself before you permit it.`,
      ),
    );
  if (assessment.class !== 'Read' && assessment.evidence.some(claimsReadOnly))
    found.push(
      soft(
        'The server marks the tool as read-only. That is its own claim, and the rest of the definition says otherwise.',
      ),
    );
  return found;
}

const claimsReadOnly = ({ place, words }: Evidence): boolean =>
  place === 'annotations.readOnlyHint' && words === 'true';

function list(classes: readonly ToolClass[]): string {
  return classes.length === 1 ? classes[0]! : `${classes.slice(0, -1).join(', ')} and ${classes.at(-1)}`;
}

function attackList({ name: shown }: ToolView, attacks: readonly AttackPattern[]): Block {
  return sub('attacks', 'Attacks that use such a tool', [
    text('Documented attacks abuse the kind of access that ', code(shown), ' gives to an agent:'),
    {
      kind: 'cards',
      items: attacks.slice(0, MOST_ATTACKS).map(({ slug, title, summary }) => ({
        href: attackPath(slug),
        title: cleanText(title, 100),
        chips: [],
        note: cleanText(summary, 220),
      })),
    },
  ]);
}
