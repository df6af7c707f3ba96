/** All tools of one severity or one class. */
import type { ToolClass } from '../../../policy/index.ts';
import { TOOL_CLASSES } from '../../../policy/index.ts';
import { SEVERITIES as CLASS_SEVERITY } from '../../classify/classify.ts';
import type { Severity } from '../../types.ts';
import { chip, link, section, soft, text } from '../blocks/make.ts';
import type { Block, PageContent, Question } from '../blocks/types.ts';
import { cleanText } from '../clean-text.ts';
import type { PageContext } from '../page-context.ts';
import { attackPath, CATALOG, categoryPath, riskPath } from '../page-paths.ts';
import { CLASS_WORDS } from '../words/classes.ts';
import { count } from '../words/numbers.ts';
import { SEVERITIES, SEVERITY_WORDS } from '../words/severities.ts';
import { hitCard, serverCard } from './cards.ts';
import { searchPath } from './read-query.ts';
import { classTable, severityTable } from './shares.ts';

const MOST_TOOLS = 20;
const MOST_SERVERS = 12;

interface Group {
  readonly facet: { readonly severity: Severity } | { readonly class: ToolClass };
  /** `High-risk`, `Execute`: before the word tools. */
  readonly name: string;
  readonly path: string;
  readonly title: string;
  readonly classes: readonly ToolClass[];
  readonly severity: Severity;
  readonly lead: string;
  readonly meaning: string;
  readonly guard: string;
  readonly others: Block;
}

/** @param cursor where the page before ended */
export function riskPage(
  context: PageContext,
  severity: Severity,
  cursor: string | undefined,
): Promise<PageContent> {
  const { classes, short, meaning, guard } = SEVERITY_WORDS[severity];
  return groupPage(context, cursor, {
    facet: { severity },
    name: `${severity}-risk`,
    path: riskPath(severity),
    title: `${severity}-risk MCP tools`,
    classes,
    severity,
    lead: short,
    meaning,
    guard,
    others: {
      kind: 'chips',
      label: 'Other levels',
      items: SEVERITIES.filter((one) => one !== severity).map((one) =>
        chip(one, `${one} risk`, riskPath(one)),
      ),
    },
  });
}

export function categoryPage(
  context: PageContext,
  toolClass: ToolClass,
  cursor: string | undefined,
): Promise<PageContent> {
  const { definition, examples, danger, advice } = CLASS_WORDS[toolClass];
  return groupPage(context, cursor, {
    facet: { class: toolClass },
    name: toolClass,
    path: categoryPath(toolClass),
    title: `${toolClass} tools of MCP servers`,
    classes: [toolClass],
    severity: CLASS_SEVERITY[toolClass],
    lead: `${definition} For example ${examples}.`,
    meaning: danger,
    guard: `Such tools ${advice}.`,
    others: {
      kind: 'chips',
      label: 'Other classes',
      items: TOOL_CLASSES.filter((one) => one !== toolClass).map((one) =>
        chip(CLASS_SEVERITY[one], one, categoryPath(one)),
      ),
    },
  });
}

async function groupPage(
  { reader, attacks }: PageContext,
  cursor: string | undefined,
  group: Group,
): Promise<PageContent> {
  const page = { limit: MOST_TOOLS, ...(cursor !== undefined && { cursor }) };
  const [size, tools, servers] = await Promise.all([
    reader.size(),
    reader.searchTools(group.facet, page),
    reader.searchServers(group.facet, { limit: MOST_SERVERS }),
  ]);
  const known =
    'class' in group.facet ? size.byClass[group.facet.class] : size.bySeverity[group.facet.severity];
  const fitting = attacks
    .filter(({ classes }) => classes.some((one) => group.classes.includes(one)))
    .slice(0, 8);
  return {
    path: group.path,
    status: 200,
    title: group.title,
    description: cleanText(`${count(known, 'tool')}. ${group.lead} ${group.guard}`, 200),
    crumbs: [
      { path: CATALOG, name: 'Catalogue' },
      { path: '/risk', name: 'Risk' },
    ],
    chips: [chip(group.severity, count(known, 'tool'))],
    heading: group.title,
    lead: group.lead,
    jumps: [],
    aside: [severityTable(size), classTable(size)],
    blocks: [
      section('meaning', 'What that means', [text(group.meaning), text(group.guard)]),
      section('tools', 'Tools', [
        ...(tools.items.length === 0
          ? [soft('The index holds no such tool yet.')]
          : [{ kind: 'cards', items: tools.items.map(hitCard) } as const]),
        paging(group, cursor, tools.nextCursor),
      ]),
      ...(servers.items.length === 0
        ? []
        : [
            section('servers', `Servers with ${group.name} tools`, [
              { kind: 'cards', items: servers.items.map(serverCard) },
              text(link(searchPath(group.facet, 'servers'), 'All of them')),
            ]),
          ]),
      ...(fitting.length === 0
        ? []
        : [
            section('attacks', `Attacks on ${group.name} tools`, [
              {
                kind: 'cards',
                items: fitting.map(({ slug, title, summary }) => ({
                  href: attackPath(slug),
                  title: cleanText(title, 100),
                  chips: [],
                  note: cleanText(summary, 220),
                })),
              },
            ]),
          ]),
      section('questions', 'Questions', [{ kind: 'questions', items: questions(group, known) }]),
      section('others', 'The others', [group.others]),
    ],
    article: true,
    indexed: cursor === undefined,
    updatedAt: size.updatedAt,
  };
}

function paging(group: Group, cursor: string | undefined, next: string | null): Block {
  return {
    kind: 'chips',
    label: 'Pages',
    items: [
      ...(cursor === undefined ? [] : [link(group.path, 'First page')]),
      ...(next === null
        ? []
        : [link(`${group.path}?cursor=${encodeURIComponent(next)}#tools`, 'Next page →')]),
      link(searchPath(group.facet, 'tools'), 'Search among them'),
    ],
  };
}

function questions({ name, meaning, guard, classes }: Group, known: number): readonly Question[] {
  return [
    { question: `What makes a tool ${name.toLowerCase()}?`, answer: [meaning] },
    {
      question: `How do I guard ${name.toLowerCase()} tools?`,
      answer: [
        `${guard} A policy can name all of them at once with ${classes.map((one) => `@${one.toLowerCase()}`).join(' and ')}: tools that a server adds later are then covered too.`,
      ],
    },
    { question: 'How many are there?', answer: [`${count(known, 'tool')} in this index.`] },
  ];
}
