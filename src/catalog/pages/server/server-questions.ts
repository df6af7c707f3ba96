import type { CatalogServer, CatalogTool } from '../../library/types.ts';
import { code, foreign, joined, link, name } from '../blocks/make.ts';
import type { Inline, Question } from '../blocks/types.ts';
import { toolPath } from '../page-paths.ts';
import { judged } from '../tool/tool-view.ts';
import { count } from '../words/numbers.ts';
import { serverNoun, serverTitle } from '../words/server-name.ts';

export function serverQuestions(server: CatalogServer, tools: readonly CatalogTool[]): readonly Question[] {
  const title = foreign(serverTitle(server));
  return [
    { question: ['What can agents do with ', title, '?'], answer: [whatItCan(server, tools)] },
    { question: ['Which tools of ', title, ' are the most dangerous?'], answer: [gravest(server, tools)] },
    { question: ['How do I control what agents do with ', title, '?'], answer: [control(server)] },
  ];
}

function whatItCan(server: CatalogServer, tools: readonly CatalogTool[]): Inline {
  if (tools.length === 0) return 'Its tools are not in the index yet.';
  const counts = new Map<string, number>();
  for (const tool of tools) {
    const { class: toolClass } = judged(tool);
    counts.set(toolClass, (counts.get(toolClass) ?? 0) + 1);
  }
  return [
    'The ',
    foreign(serverNoun(server)),
    ` has ${count(tools.length, 'tool')}: `,
    joined([...counts].map(([toolClass, number]) => `${number} ${toolClass}`)),
    '.',
  ];
}

function gravest({ slug }: CatalogServer, tools: readonly CatalogTool[]): Inline {
  const [first] = tools;
  if (first === undefined) return 'Its tools are not in the index yet.';
  const { severity } = judged(first);
  if (severity === 'Low') return 'None of its tools changes anything; see what they return, and to whom.';
  const same = tools.filter((tool) => judged(tool).severity === severity);
  const shown = same.slice(0, 6).map((tool) => link(toolPath(slug, tool.name), name(tool.name)));
  const rest = same.length - shown.length;
  return [
    joined(rest > 0 ? [...shown, `${count(rest, 'more', 'more')}`] : shown),
    ` ${same.length === 1 ? 'is' : 'are'} of ${severity.toLowerCase()} severity.`,
  ];
}

function control(server: CatalogServer): Inline {
  return [
    'Run Portcullis in front of it with the policy above: what the policy does not name is denied, the rest is limited, hidden or approved as its class needs. ',
    code(`/mcp/${server.slug.slice(0, 60)}`),
    ' on your gateway is then the address that clients use.',
  ];
}
