/** One policy for all tools of a server: by name while that fits on a page, by class beyond. */
import { TOOL_CLASSES, type PolicyDocument } from '../../../policy/index.ts';
import type { CatalogTool } from '../../library/types.ts';
import { baseRules, isHidden } from '../../recommend/base-rules.ts';
import { recommendServer } from '../../recommend/recommend.ts';
import { code, link, soft, text } from '../blocks/make.ts';
import type { Block } from '../blocks/types.ts';
import { builderPath } from '../page-paths.ts';
import { shownPolicy } from '../tool/shown-policy.ts';
import { judged, toolView } from '../tool/tool-view.ts';
import type { CatalogServer } from '../../library/types.ts';

const MOST_NAMED = 80;
const LARGEST = 16_000;

export function serverPolicy(server: CatalogServer, tools: readonly CatalogTool[]): readonly Block[] {
  const named = tools.length > MOST_NAMED ? undefined : shownPolicy(namedPolicy(server, tools), LARGEST);
  const shown = named ?? shownPolicy(classPolicy(tools));
  return [
    text(
      named === undefined
        ? 'The server has more tools than one wants to list, so this policy names their classes. A tool that the server adds later falls under its class at once.'
        : 'The rules of all its tools in one document. What it does not name is denied, tools that the server adds later included.',
    ),
    { kind: 'code', id: 'policy', name: 'policy.json', text: shown ?? '', language: 'json' },
    {
      kind: 'actions',
      items: [{ href: builderPath(server.slug), text: 'Open in the builder', main: true }],
    },
    soft(
      'As a file: ',
      link(`/catalog/${server.slug}.policy.json`, code(`${server.slug.slice(0, 60)}.policy.json`)),
    ),
  ];
}

export function namedPolicy(server: CatalogServer, tools: readonly CatalogTool[]): PolicyDocument {
  return recommendServer(tools.map((tool) => toolView(server, tool)));
}

function classPolicy(tools: readonly CatalogTool[]): PolicyDocument {
  const present = new Set(tools.map((tool) => judged(tool).class));
  const classes = TOOL_CLASSES.filter((one) => present.has(one));
  const hide = classes.filter((one) => isHidden(one, 'balanced'));
  const kept = classes.filter((one) => !hide.includes(one));
  return {
    version: '1',
    default: 'deny',
    ...(hide.length > 0 && { hide: hide.map((one) => `@${one.toLowerCase()}`) }),
    tools: Object.fromEntries(
      kept.map((one) => [`@${one.toLowerCase()}`, baseRules(one.toLowerCase(), one, 'balanced')]),
    ),
  };
}
