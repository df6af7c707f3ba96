import { chip, code, foreign, link, name, section } from '../blocks/make.ts';
import { cleanText } from '../clean-text.ts';
import type { Block, Card } from '../blocks/types.ts';
import type { ToolHit } from '../../library/types.ts';
import { attackPath, categoryPath, riskPath, serverPath, toolPath, twinPath } from '../page-paths.ts';
import type { AttackPattern } from '../../attacks/types.ts';
import type { ToolOutline } from '../server/tool-outlines.ts';
import type { ToolView } from './tool-view.ts';

const MOST_SIBLINGS = 8;

/** @param elsewhere tools of the same class on other servers */
export function relatedTools(
  { server, tool, assessment, serverTitle }: ToolView,
  outlines: readonly ToolOutline[],
  elsewhere: readonly ToolHit[],
): Block | undefined {
  const siblings = outlines.filter((one) => one.name !== tool.name).slice(0, MOST_SIBLINGS);
  if (siblings.length + elsewhere.length === 0) return undefined;
  const groups: Block[] = [];
  if (siblings.length > 0)
    groups.push(
      section(
        'siblings',
        ['More of ', foreign(serverTitle)],
        [{ kind: 'cards', items: siblings.map((one) => toolCard(server.slug, one)) }],
      ),
    );
  if (elsewhere.length > 0)
    groups.push(
      section('elsewhere', `Other ${assessment.class} tools in the catalogue`, [
        {
          kind: 'cards',
          items: elsewhere.map((hit) => ({
            ...toolCard(hit.server.slug, hit),
            note: foreign(hit.server.title, 60),
          })),
        },
      ]),
    );
  return section('related', 'Related tools and policies', groups);
}

export function toolCard(slug: string, tool: ToolOutline): Card {
  return {
    href: toolPath(slug, tool.name),
    title: name(tool.name),
    chips: [chip(tool.severity, `${tool.class} · ${tool.severity}`)],
  };
}

export function goDeeper(
  { server, tool, assessment, serverTitle }: ToolView,
  attacks: readonly AttackPattern[],
): Block {
  const [first] = attacks;
  const own = toolPath(server.slug, tool.name);
  const items = [
    link(serverPath(server.slug), [
      'All tools of ',
      foreign(serverTitle),
      ', and one policy for all of them',
    ]),
    link(
      riskPath(assessment.severity),
      `What ${assessment.severity.toLowerCase()} risk means, and which tools have it`,
    ),
    link(categoryPath(assessment.class), `The class ${assessment.class}: all its tools`),
    ...(first === undefined ? [] : [link(attackPath(first.slug), cleanText(first.title, 100))]),
    link('/attacks', 'Every attack pattern, with incidents and the policy that stops it'),
    ...(own === undefined ? [] : [link(twinPath(own), ['This page as Markdown, for agents: ', code('.md')])]),
  ];
  return section('deeper', 'Go deeper', [{ kind: 'list', items }]);
}
