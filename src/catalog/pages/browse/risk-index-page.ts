import { TOOL_CLASSES } from '../../../policy/index.ts';
import { SEVERITIES as CLASS_SEVERITY } from '../../classify/classify.ts';
import { chip, link, section, text } from '../blocks/make.ts';
import type { PageContent } from '../blocks/types.ts';
import type { PageContext } from '../page-context.ts';
import { CATALOG, categoryPath, riskPath } from '../page-paths.ts';
import { CLASS_WORDS } from '../words/classes.ts';
import { count, grouped } from '../words/numbers.ts';
import { SEVERITIES, SEVERITY_WORDS } from '../words/severities.ts';
import { classTable, severityTable } from './shares.ts';

export async function riskIndexPage({ reader }: PageContext): Promise<PageContent> {
  const size = await reader.size();
  return {
    path: '/risk',
    status: 200,
    title: 'How risky is an MCP tool? Levels and classes',
    description:
      'Four levels and five classes: what a tool can do to your data and money, how that is read from its definition, and how to guard it.',
    crumbs: [{ path: CATALOG, name: 'Catalogue' }],
    chips: [],
    heading: 'How risky is a tool?',
    lead: 'As risky as what a call of it can do, and whether that can be undone. Every tool of the index has one of four levels, and it follows from its class.',
    jumps: [],
    aside: [severityTable(size), classTable(size)],
    blocks: [
      section('levels', 'Four levels', [
        {
          kind: 'cards',
          items: SEVERITIES.map((one) => ({
            href: riskPath(one),
            title: `${one} risk`,
            chips: [chip(one, count(size.bySeverity[one], 'tool'))],
            note: SEVERITY_WORDS[one].short,
          })),
        },
      ]),
      section('classes', 'Five classes', [
        text('A class says what a call does. When several apply, the gravest names the tool.'),
        {
          kind: 'cards',
          items: TOOL_CLASSES.toReversed().map((one) => ({
            href: categoryPath(one),
            title: one,
            chips: [chip(CLASS_SEVERITY[one], grouped(size.byClass[one]))],
            note: [CLASS_WORDS[one].definition, ` For example ${CLASS_WORDS[one].examples}.`],
          })),
        },
      ]),
      section('method', 'How a tool is judged', [
        text(
          'From its definition alone: the verbs and objects of its name, its title and description, the names and types of its parameters, and its annotations. An annotation is the server’s own claim: it can raise a level, and never lowers what the words say.',
        ),
        text(
          'The judgement is made by fixed rules, without a model and without the network: the same definition gives the same answer every time, and each answer quotes the words that decided. An operator can set another class; then the page says so.',
        ),
        text('See also ', link('/attacks', 'the attacks that abuse such tools'), '.'),
      ]),
    ],
    article: true,
    indexed: true,
    updatedAt: size.updatedAt,
  };
}
