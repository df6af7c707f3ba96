/** The page of one server: all its tools by risk, one policy for them, how to run it, and where the facts come from. */
import { TOOL_CLASSES } from '../../../policy/index.ts';
import type { CatalogTool } from '../../library/types.ts';
import { cleanText } from '../clean-text.ts';
import { chip, foreign, link, section, soft, text } from '../blocks/make.ts';
import type { Block, PageContent } from '../blocks/types.ts';
import { contactSection } from '../contact/contact-section.ts';
import type { PageContext } from '../page-context.ts';
import { attackPath, CATALOG, categoryPath, riskPath, serverPath } from '../page-paths.ts';
import { described } from '../tool/description.ts';
import { fittingAttacks } from '../tool/fitting-attacks.ts';
import { judged } from '../tool/tool-view.ts';
import { SEVERITIES as CLASS_SEVERITY } from '../../classify/classify.ts';
import { CLASS_WORDS } from '../words/classes.ts';
import { count } from '../words/numbers.ts';
import { serverNoun, serverTitle } from '../words/server-name.ts';
import { install } from './install.ts';
import { provenance } from './provenance.ts';
import { serverFacts } from './server-facts.ts';
import { serverPolicy } from './server-policy.ts';
import { serverQuestions } from './server-questions.ts';
import { toolList } from './tool-list.ts';

/** @param from index of the first tool that is listed */
export async function serverPage(
  context: PageContext,
  slug: string,
  from: number,
): Promise<PageContent | undefined> {
  const server = await context.reader.server(slug);
  if (server === undefined) return undefined;
  const tools = await context.reader.tools(slug);
  if (from > 0 && from >= tools.length) return undefined;
  const title = serverTitle(server);
  const noun = serverNoun(server);
  const said = described(server.title, server.description);
  const known = `${count(tools.length, 'tool')} with class, evidence and the rule that each needs`;
  return {
    path: serverPath(slug),
    status: 200,
    title: `${title}: ${count(tools.length, 'tool')}, risk and policy`,
    description: cleanText(`${noun}: ${known}, and one policy.json for all of them.`, 200),
    crumbs: [{ path: CATALOG, name: 'Catalogue' }],
    chips: [
      ...(server.severity === null
        ? []
        : [
            chip(server.severity, `Up to ${server.severity.toLowerCase()} risk →`, riskPath(server.severity)),
          ]),
      chip('plain', count(tools.length, 'tool')),
    ],
    heading: foreign(title),
    lead: said.lead === undefined ? [foreign(noun), `: ${known}.`] : foreign(said.lead),
    jumps: [
      { href: '#tools', text: 'Its tools ↓' },
      { href: '#policy-section', text: 'One policy for all ↓' },
      { href: '#install', text: 'How to run it ↓' },
    ],
    aside: serverFacts(server),
    blocks: [
      ...classShares(tools),
      ...(said.paragraphs.length > 1
        ? [
            {
              kind: 'saying',
              paragraphs: said.paragraphs,
              from: 'The server’s description of itself.',
            } as const,
          ]
        : []),
      section('tools', 'Tools by risk', toolList(server, tools, from)),
      ...(tools.length === 0
        ? []
        : [section('policy-section', 'One policy for all of them', serverPolicy(server, tools), 'panel')]),
      section('install', 'How to run it behind the gateway', install(server)),
      ...attackSection(context, tools),
      section(
        'questions',
        ['Questions about ', foreign(title)],
        [{ kind: 'questions', items: serverQuestions(server, tools) }],
      ),
      section('provenance', 'Where this is from', provenance(server)),
      ...(context.hasContact ? [contactSection(serverPath(slug))] : []),
    ],
    article: true,
    indexed: from === 0,
    updatedAt: server.updatedAt,
  };
}

function classShares(tools: readonly CatalogTool[]): readonly Block[] {
  if (tools.length === 0) return [];
  const of = new Map<string, number>();
  for (const tool of tools) {
    const { class: toolClass } = judged(tool);
    of.set(toolClass, (of.get(toolClass) ?? 0) + 1);
  }
  const items = TOOL_CLASSES.toReversed().map((one) => ({
    label: one,
    href: categoryPath(one),
    tone: CLASS_SEVERITY[one],
    count: of.get(one) ?? 0,
  }));
  const gravest = TOOL_CLASSES.findLast((one) => of.has(one));
  return [
    section('classes', 'What it can do', [
      { kind: 'shares', label: 'Tools by class', items },
      ...(gravest === undefined
        ? []
        : [soft(`The gravest are ${gravest} tools. ${CLASS_WORDS[gravest].danger}`)]),
    ]),
  ];
}

function attackSection({ attacks }: PageContext, tools: readonly CatalogTool[]): readonly Block[] {
  const judgements = tools.slice(0, 500).map(judged);
  const fitting = fittingAttacks(attacks, {
    classes: [...new Set(judgements.flatMap(({ classes }) => classes))],
    signals: [...new Set(judgements.flatMap(({ signals }) => signals))],
  }).slice(0, 6);
  if (fitting.length === 0) return [];
  const items = fitting.map(({ slug, title, summary }) => ({
    href: attackPath(slug),
    title: cleanText(title, 100),
    chips: [],
    note: cleanText(summary, 220),
  }));
  return [
    section('attacks', 'Attacks that fit these tools', [
      { kind: 'cards', items },
      text(link('/attacks', 'All attack patterns')),
    ]),
  ];
}
