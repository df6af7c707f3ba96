/** A server's tools under headings of risk; as many as a page holds, from a place on. */
import type { CatalogServer, CatalogTool } from '../../library/types.ts';
import { foreign, link, soft } from '../blocks/make.ts';
import { escapedBytes, withinBytes } from '../blocks/within-bytes.ts';
import type { Block, Card } from '../blocks/types.ts';
import { plainText } from '../blocks/plain-text.ts';
import { serverPath } from '../page-paths.ts';
import { described } from '../tool/description.ts';
import { toolCard } from '../tool/related-tools.ts';
import { judged } from '../tool/tool-view.ts';
import { count, grouped } from '../words/numbers.ts';
import { SEVERITIES, SEVERITY_WORDS } from '../words/severities.ts';
import type { Severity } from '../../types.ts';

const MOST = 60;
const MOST_BYTES = 22_000;

interface Row {
  readonly severity: Severity;
  readonly card: Card;
}

/** @param tools gravest first */
export function toolList(
  server: CatalogServer,
  tools: readonly CatalogTool[],
  from: number,
): readonly Block[] {
  if (tools.length === 0)
    return [soft('No source has told its tools yet. They appear here after a scan of the running server.')];
  const rows = withinBytes(
    tools.slice(from, from + MOST).map((tool) => rowOf(server, tool)),
    MOST_BYTES,
    costOf,
  );
  const end = from + rows.length;
  const isPart = rows.length < tools.length;
  return [
    ...(isPart ? [soft(`Tools ${grouped(from + 1)} to ${grouped(end)} of ${grouped(tools.length)}.`)] : []),
    ...SEVERITIES.flatMap((severity) => {
      const items = rows.filter((row) => row.severity === severity).map(({ card }) => card);
      if (items.length === 0) return [];
      const all = isPart ? '' : `: ${count(items.length, 'tool')}`;
      return [
        {
          kind: 'section',
          id: `risk-${severity.toLowerCase()}`,
          title: `${severity} risk${all}`,
          blocks: [soft(SEVERITY_WORDS[severity].short), { kind: 'cards', items }],
        } satisfies Block,
      ];
    }),
    ...(isPart ? [paging(server, from, end, tools.length)] : []),
  ];
}

function rowOf(server: CatalogServer, tool: CatalogTool): Row {
  const { class: toolClass, severity } = judged(tool);
  const { lead } = described(tool.name, tool.description?.slice(0, 600) ?? null);
  const card = toolCard(server.slug, { name: tool.name, class: toolClass, severity });
  return { severity, card: lead === undefined ? card : { ...card, note: foreign(lead, 130) } };
}

function costOf({ card: { href = '', title, note = '' } }: Row): number {
  return 170 + escapedBytes(href) + escapedBytes(plainText(title)) + escapedBytes(plainText(note));
}

function paging({ slug }: CatalogServer, from: number, end: number, all: number): Block {
  const path = serverPath(slug);
  const links = [
    ...(from > 0 ? [link(`${path}#tools`, 'First tools')] : []),
    ...(end < all ? [link(`${path}?from=${end}#tools`, `More tools, from ${grouped(end + 1)} on →`)] : []),
  ];
  return { kind: 'chips', label: 'More tools', items: links };
}
