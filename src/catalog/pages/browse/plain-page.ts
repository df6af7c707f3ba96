import { plainText } from '../blocks/plain-text.ts';
import type { Block, Inline, PageContent } from '../blocks/types.ts';

/** A page that search engines leave out: an error, or an answer to somebody. */
export function plainPage(
  status: PageContent['status'],
  path: string,
  heading: string,
  lead: Inline,
  blocks: readonly Block[] = [],
): PageContent {
  return {
    path,
    status,
    title: heading,
    description: plainText(lead),
    crumbs: [],
    chips: [],
    heading,
    lead,
    jumps: [],
    aside: [],
    blocks,
    article: false,
    indexed: false,
    updatedAt: null,
  };
}
