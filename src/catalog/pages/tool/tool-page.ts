/** The page of one tool: what it does, why it needs a policy, the rule to paste, and what people ask about it. */
import { cleanText } from '../clean-text.ts';
import { chip, code, foreign, link, name, section, soft, text } from '../blocks/make.ts';
import type { Block, Inline, PageContent } from '../blocks/types.ts';
import type { PageContext } from '../page-context.ts';
import { builderPath, CATALOG, categoryPath, riskPath, serverPath, toolPath } from '../page-paths.ts';
import { contactSection } from '../contact/contact-section.ts';
import { sourceName } from '../server/source-name.ts';
import { CLASS_WORDS } from '../words/classes.ts';
import { count, day } from '../words/numbers.ts';
import { described } from './description.ts';
import { fittingAttacks } from './fitting-attacks.ts';
import { howToControl } from './how-to-control.ts';
import { questions } from './questions.ts';
import { goDeeper, relatedTools } from './related-tools.ts';
import { toolView, type ToolView } from './tool-view.ts';
import { whatItDoes } from './what-it-does.ts';
import { whyPolicy } from './why-policy.ts';

const MOST_ELSEWHERE = 6;

/** Undefined when there is no such tool, or none that a URL can name. */
export async function toolPage(
  context: PageContext,
  slug: string,
  toolName: string,
): Promise<PageContent | undefined> {
  const path = toolPath(slug, toolName);
  if (path === undefined) return undefined;
  const { reader } = context;
  const [server, tool] = await Promise.all([reader.server(slug), reader.tool(slug, toolName)]);
  if (server === undefined || tool === undefined) return undefined;
  const view = toolView(server, tool);
  const { assessment } = view;
  const [outlines, hits] = await Promise.all([
    context.outlines.of(server),
    reader.searchTools(
      { class: assessment.class, signal: assessment.signals[0] },
      { limit: MOST_ELSEWHERE * 2 },
    ),
  ]);
  const elsewhere = hits.items.filter((hit) => hit.server.slug !== slug).slice(0, MOST_ELSEWHERE);
  const said = described(tool.name, tool.description);
  const attacks = fittingAttacks(context.attacks, assessment);
  const words = CLASS_WORDS[assessment.class];
  const lead: Inline =
    said.lead === undefined
      ? [foreign(view.name), ` is ${words.a} of the `, foreign(view.serverNoun), '.']
      : foreign(said.lead);
  const related = relatedTools(view, outlines, elsewhere);
  return {
    path,
    status: 200,
    title: `${view.name} on ${view.serverTitle}: risk and policy`,
    description: cleanText(
      `${view.name}: ${words.a} of the ${view.serverNoun}, ${assessment.severity.toLowerCase()} risk. Evidence, attacks, and the policy.json that controls it.`,
      200,
    ),
    crumbs: [
      { path: CATALOG, name: 'Catalogue' },
      { path: serverPath(slug), name: view.serverTitle },
    ],
    chips: [
      chip(assessment.severity, `${assessment.severity} risk →`, riskPath(assessment.severity)),
      chip('plain', assessment.class, categoryPath(assessment.class)),
    ],
    heading: name(tool.name),
    lead,
    jumps: [{ href: '#control', text: ['How to control ', code(view.name), ' ↓'] }],
    aside: glance(view, related !== undefined),
    blocks: [
      whatItDoes(view, said),
      whyPolicy(view, attacks),
      howToControl(view),
      ...(related === undefined ? [] : [related]),
      goDeeper(view, attacks),
      section(
        'questions',
        ['Questions about ', code(view.name)],
        [{ kind: 'questions', items: questions(view, said) }],
      ),
      await wholeServer(context, view, outlines.length),
      ...(context.hasContact ? [contactSection(path)] : []),
    ],
    article: true,
    indexed: true,
    updatedAt: tool.updatedAt,
  };
}

function glance(view: ToolView, hasRelated: boolean): readonly Block[] {
  const { server, tool, assessment, serverNoun, serverTitle } = view;
  const source = sourceName(server);
  const items = [
    { label: 'Server', value: link(serverPath(server.slug), foreign(serverTitle)) },
    { label: 'Severity', value: chip(assessment.severity, assessment.severity) },
    { label: 'Class', value: assessment.class },
    { label: 'Confidence', value: assessment.confidence.toFixed(2) },
    { label: 'Parameters', value: String(tool.parameters.length) },
    ...(source === undefined ? [] : [{ label: 'Source', value: foreign(source, 60) }]),
    { label: 'Last read', value: day(tool.updatedAt) },
  ];
  const contents = [
    link('#what', 'What it does'),
    link('#why', 'Why it needs a policy'),
    link('#control', 'How to control it'),
    ...(hasRelated ? [link('#related', 'Related tools')] : []),
    link('#questions', 'Questions'),
  ];
  return [
    section('glance', 'At a glance', [{ kind: 'facts', items }], 'panel'),
    section('contents', ['On this page'], [{ kind: 'list', items: contents }]),
    soft('Class and severity follow from the definition that the ', foreign(serverNoun), ' publishes.'),
  ];
}

async function wholeServer(
  { reader }: PageContext,
  { server, serverTitle }: ToolView,
  known: number,
): Promise<Block> {
  const { servers, tools } = await reader.size();
  return section(
    'whole',
    ['A policy on every call to ', foreign(serverTitle)],
    [
      text(
        'Start with ',
        foreign(serverTitle),
        ', add the other servers that your agents use, and see on one page everything that they can call. Then put rules on all of it.',
      ),
      {
        kind: 'actions',
        items: [
          { href: builderPath(server.slug), text: 'Build a policy for this server', main: true },
          { href: serverPath(server.slug), text: 'See all its tools' },
        ],
      },
      soft(
        `${count(known, 'tool')} of `,
        foreign(serverTitle),
        ` ${known === 1 ? 'is' : 'are'} in this catalogue with class and evidence, in an index of ${count(servers, 'MCP server')} and ${count(tools, 'tool')}.`,
      ),
    ],
  );
}
