import { TOOL_CLASSES } from '../../policy/index.ts';
import type { PageContent } from './blocks/types.ts';
import { link, text } from './blocks/make.ts';
import { attackPage, attacksPage } from './browse/attacks-page.ts';
import { categoryPage, riskPage } from './browse/group-page.ts';
import { plainPage } from './browse/plain-page.ts';
import { readQuery } from './browse/read-query.ts';
import { riskIndexPage } from './browse/risk-index-page.ts';
import { searchPage } from './browse/search-page.ts';
import type { PageContext } from './page-context.ts';
import { CATALOG } from './page-paths.ts';
import { serverPage } from './server/server-page.ts';
import { toolPage } from './tool/tool-page.ts';
import { SEVERITIES } from './words/severities.ts';

/** The page at a path; undefined when none is there. @param segments decoded */
export async function pageFor(
  context: PageContext,
  segments: readonly string[],
  parameters: URLSearchParams,
): Promise<PageContent | undefined> {
  const [room, first, second, ...more] = segments;
  if (more.length > 0) return undefined;
  const cursor = parameters.get('cursor')?.slice(0, 2000) ?? undefined;
  if (room === 'catalog') {
    if (first === undefined) {
      const asked = readQuery(parameters);
      return typeof asked === 'string' ? unknownFilter(asked) : searchPage(context, asked);
    }
    return second === undefined
      ? serverPage(context, first, start(parameters.get('from')))
      : toolPage(context, first, second);
  }
  if (second !== undefined) return undefined;
  if (room === 'risk') {
    if (first === undefined) return riskIndexPage(context);
    const severity = SEVERITIES.find((one) => one.toLowerCase() === first);
    return severity === undefined ? undefined : riskPage(context, severity, cursor);
  }
  if (room === 'categories') {
    const toolClass = TOOL_CLASSES.find((one) => one.toLowerCase() === first);
    return toolClass === undefined ? undefined : categoryPage(context, toolClass, cursor);
  }
  if (room === 'attacks') return first === undefined ? attacksPage(context) : attackPage(context, first);
  return undefined;
}

function start(from: string | null): number {
  return from !== null && /^\d{1,6}$/.test(from) ? Number(from) : 0;
}

function unknownFilter(what: string): PageContent {
  return plainPage(400, CATALOG, 'This filter is not known', what, [
    text(link(CATALOG, 'Search without it')),
  ]);
}
