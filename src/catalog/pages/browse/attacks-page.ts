import type { AttackPattern } from '../../attacks/types.ts';
import { SEVERITIES as CLASS_SEVERITY } from '../../classify/classify.ts';
import { chip, joined, link, section, soft, text } from '../blocks/make.ts';
import type { Block, Inline, PageContent } from '../blocks/types.ts';
import { cleanText } from '../clean-text.ts';
import type { PageContext } from '../page-context.ts';
import { attackPath, CATALOG, categoryPath } from '../page-paths.ts';
import { webUrl } from '../server/web-url.ts';
import { fittingAttacks } from '../tool/fitting-attacks.ts';
import { shownPolicy } from '../tool/shown-policy.ts';
import type { PolicyDocument } from '../../../policy/index.ts';
import { count } from '../words/numbers.ts';
import { lowered, SIGNAL_WORDS } from '../words/signals.ts';
import { attackCase } from './attack-case.ts';
import { hitCard } from './cards.ts';
import { searchPath } from './read-query.ts';

export function attacksPage({ attacks }: PageContext): PageContent {
  const needs = (attack: AttackPattern): readonly Inline[] =>
    attack.classes.length === 0
      ? [chip('plain', 'any tool')]
      : attack.classes.map((one) => chip(CLASS_SEVERITY[one], one));
  return {
    path: '/attacks',
    status: 200,
    title: 'Attacks on agents and MCP tools',
    description: `${count(attacks.length, 'attack pattern')}: how each works, where it happened, the policy that stops it, and what no gateway can stop.`,
    crumbs: [{ path: CATALOG, name: 'Catalogue' }],
    chips: [chip('plain', count(attacks.length, 'pattern'))],
    heading: 'Attacks on agents and their tools',
    lead: 'How each works, where it has happened, which tools it needs, the policy that stops it, and, as plainly, what no gateway can stop. Each comes with a case that can be played against your own policy.',
    jumps: [],
    aside: [],
    blocks: [
      attacks.length === 0
        ? soft('No pattern is in this installation yet.')
        : {
            kind: 'cards',
            items: attacks.map((attack) => ({
              href: attackPath(attack.slug),
              title: cleanText(attack.title, 100),
              chips: needs(attack),
              note: cleanText(attack.summary, 240),
            })),
          },
    ],
    article: true,
    indexed: true,
    updatedAt: null,
  };
}

export async function attackPage(
  { attacks, reader }: PageContext,
  slug: string,
): Promise<PageContent | undefined> {
  const attack = attacks.find((one) => one.slug === slug);
  if (attack === undefined) return undefined;
  const { title, summary, mechanism, incidents, classes, signals, references, remains } = attack;
  const facet = { class: classes[0], signal: signals[0] };
  const exposed = await reader.searchTools(facet, { limit: 8 });
  const policy = shownPolicy(attack.policy as unknown as PolicyDocument);
  const related = fittingAttacks(attacks, { classes, signals })
    .filter((one) => one !== attack)
    .slice(0, 5);
  return {
    path: attackPath(slug),
    status: 200,
    title,
    description: cleanText(summary, 200),
    crumbs: [
      { path: CATALOG, name: 'Catalogue' },
      { path: '/attacks', name: 'Attacks' },
    ],
    chips: [
      ...classes.map((one) => chip(CLASS_SEVERITY[one], one, categoryPath(one))),
      ...signals.map((one) => chip('signal', SIGNAL_WORDS[one].label)),
    ],
    heading: title,
    lead: summary,
    jumps: [{ href: '#policy-section', text: 'The policy that stops it ↓' }],
    aside:
      references.length === 0
        ? []
        : [section('lists', 'In published lists', [{ kind: 'list', items: references }], 'panel')],
    blocks: [
      section('how', 'How it works', [...mechanism.map((one) => text(one)), soft(needs(attack))]),
      ...(incidents.length === 0
        ? []
        : [section('incidents', 'Where it has happened', [incidentTable(attack)])]),
      section(
        'policy-section',
        'The policy that stops it',
        [
          ...(policy === undefined
            ? []
            : [{ kind: 'code', id: 'policy', name: 'policy.json', text: policy, language: 'json' } as const]),
          soft('The names of tools are examples; put in those of your server.'),
        ],
        'panel',
      ),
      section('remains', 'What no gateway can stop', [text(remains)]),
      section('case', 'The case, played', attackCase(attack)),
      ...(exposed.items.length === 0
        ? []
        : [
            section('exposed', 'Tools that it can use', [
              { kind: 'cards', items: exposed.items.map(hitCard) },
              text(link(searchPath(facet, 'tools'), 'All of them')),
            ]),
          ]),
      ...(related.length === 0
        ? []
        : [
            section('related', 'Related attacks', [
              { kind: 'list', items: related.map((one) => link(attackPath(one.slug), one.title)) },
            ]),
          ]),
    ],
    article: true,
    indexed: true,
    updatedAt: null,
  };
}

function needs({ classes, signals }: AttackPattern): Inline {
  if (classes.length + signals.length === 0) return 'It needs no particular tool.';
  return [
    'It needs a tool ',
    ...(classes.length === 0 ? [] : ['of class ', joined([...classes], 'or')]),
    ...(signals.length === 0
      ? []
      : [
          classes.length === 0 ? 'that ' : ' that ',
          joined(
            signals.map((one) => lowered(SIGNAL_WORDS[one].label)),
            'or',
          ),
        ]),
    '.',
  ];
}

function incidentTable({ incidents }: AttackPattern): Block {
  return {
    kind: 'table',
    caption: 'Incidents and demonstrations, with their sources',
    head: ['When', 'What', 'Source'],
    rows: incidents.map(({ title, date, source }) => {
      const url = webUrl(source);
      return [date, title, url === undefined ? source : link(url, new URL(url).host)];
    }),
  };
}
