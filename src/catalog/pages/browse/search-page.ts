/** The front page: search with facets, and what the index holds. */
import { TOOL_CLASSES } from '../../../policy/index.ts';
import { SIGNALS } from '../../types.ts';
import { chip, link, section, soft, text } from '../blocks/make.ts';
import type { Block, Card, Form, FormChoice } from '../blocks/types.ts';
import type { PageContent } from '../blocks/types.ts';
import type { PageContext } from '../page-context.ts';
import { CATALOG } from '../page-paths.ts';
import { count } from '../words/numbers.ts';
import { SEVERITIES } from '../words/severities.ts';
import { SIGNAL_WORDS } from '../words/signals.ts';
import { classTable, severityTable } from './shares.ts';
import { hitCard, serverCard } from './cards.ts';
import { LANGUAGES, searchPath, SHOWN, TRANSPORTS, type AskedSearch } from './read-query.ts';

const LIMIT = 20;
const EMPTY: readonly Block[] = [
  text('The index of this installation is empty so far. Import servers into it, or scan those that you use:'),
  {
    kind: 'code',
    id: 'import',
    name: 'on the machine of the gateway',
    language: 'sh',
    text: 'npx portcullis catalog import --help\nnpx portcullis scan --help',
  },
];
const LABELS = { servers: 'Servers', tools: 'Tools' } as const;

export async function searchPage({ reader }: PageContext, asked: AskedSearch): Promise<PageContent> {
  const { query, show, cursor } = asked;
  const page = { limit: LIMIT, ...(cursor !== undefined && { cursor }) };
  const [size, found] = await Promise.all([
    reader.size(),
    show === 'servers'
      ? reader
          .searchServers(query, page)
          .then(({ items, nextCursor }) => ({ cards: items.map(serverCard), nextCursor }))
      : reader
          .searchTools(query, page)
          .then(({ items, nextCursor }) => ({ cards: items.map(hitCard), nextCursor })),
  ]);
  const isSearch = searchPath(query, show) !== CATALOG || cursor !== undefined;
  return {
    path: CATALOG,
    status: 200,
    title: 'MCP servers and tools: what they can do, and the rule each needs',
    description: `${count(size.servers, 'MCP server')} and ${count(size.tools, 'tool')}, each with its class, its risk, the evidence, and a policy to paste.`,
    crumbs: [],
    chips: [],
    heading: 'What can your agents’ tools do?',
    lead: `${count(size.servers, 'MCP server')} and ${count(size.tools, 'tool')}, read and judged: what each can do, the words that show it, the attacks that use it, and the rule to paste.`,
    jumps: [],
    aside: [severityTable(size), classTable(size)],
    blocks: [
      { kind: 'form', form: searchForm(asked) },
      section(
        'results',
        isSearch ? 'Found' : 'Servers',
        size.servers === 0 ? EMPTY : results(asked, found.cards, found.nextCursor),
      ),
    ],
    article: false,
    indexed: !isSearch,
    updatedAt: size.updatedAt,
  };
}

function results(
  { query, show, cursor }: AskedSearch,
  cards: readonly Card[],
  next: string | null,
): readonly Block[] {
  const tabs: Block = {
    kind: 'chips',
    label: 'What is shown',
    items: SHOWN.map((one) =>
      chip(one === show ? 'signal' : 'plain', LABELS[one], one === show ? undefined : searchPath(query, one)),
    ),
  };
  if (cards.length === 0)
    return [
      tabs,
      soft(
        'Nothing fits. Try fewer words or filters; words match from their beginning. ',
        link(CATALOG, 'Start again'),
        '.',
      ),
    ];
  const pages = [
    ...(cursor === undefined ? [] : [link(searchPath(query, show), 'First page')]),
    ...(next === null ? [] : [link(searchPath(query, show, next), 'Next page →')]),
  ];
  return [
    tabs,
    { kind: 'cards', items: cards },
    ...(pages.length === 0 ? [] : [{ kind: 'chips', label: 'Pages', items: pages } as const]),
  ];
}

function searchForm({ query, show }: AskedSearch): Form {
  const choice = (value: string, text = value): FormChoice => ({ value, text });
  const field = (name: string, label: string, value: string | undefined, choices: readonly FormChoice[]) =>
    ({ name, label, value: value ?? '', type: 'choice', choices: [choice('', 'Any'), ...choices] }) as const;
  const languages =
    query.language === undefined || LANGUAGES.includes(query.language)
      ? LANGUAGES
      : [query.language, ...LANGUAGES];
  return {
    method: 'get',
    action: CATALOG,
    label: 'Search the catalogue',
    submit: 'Search',
    look: 'search',
    fields: [
      { name: 'q', label: 'Server, tool or what it does', value: query.q ?? '', type: 'search', most: 200 },
      field(
        'class',
        'Class',
        query.class,
        TOOL_CLASSES.map((one) => choice(one)),
      ),
      field(
        'severity',
        'Severity',
        query.severity,
        SEVERITIES.map((one) => choice(one)),
      ),
      field(
        'signal',
        'Signal',
        query.signal,
        SIGNALS.map((one) => choice(one, SIGNAL_WORDS[one].label)),
      ),
      field(
        'transport',
        'Transport',
        query.transport,
        TRANSPORTS.map((one) => choice(one)),
      ),
      field(
        'language',
        'Language',
        query.language,
        languages.map((one) => choice(one)),
      ),
      { name: 'show', label: '', value: show, type: 'hidden' },
    ],
  };
}
