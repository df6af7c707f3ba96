/** Nothing is here: what was probably meant, and where to look. */
import { cleanText } from '../clean-text.ts';
import { foreign, link, section, text } from '../blocks/make.ts';
import type { Block, PageContent } from '../blocks/types.ts';
import type { PageContext } from '../page-context.ts';
import { CATALOG, serverPath } from '../page-paths.ts';
import { toolCard } from '../tool/related-tools.ts';
import { serverTitle } from '../words/server-name.ts';
import { plainPage } from './plain-page.ts';
import { serverCard } from './cards.ts';
import { searchPath } from './read-query.ts';

const MOST = 8;

/** @param segments of the path, decoded */
export async function missingPage(context: PageContext, segments: readonly string[]): Promise<PageContent> {
  const [room, slug, tool] = segments;
  const path = CATALOG;
  if (room === 'catalog' && slug !== undefined && tool !== undefined) {
    const server = await context.reader.server(slug);
    if (server !== undefined) {
      const title = foreign(serverTitle(server));
      return plainPage(
        404,
        path,
        'No such tool',
        [title, ' is in the index, but not with a tool “', foreign(tool, 80), '”.'],
        [
          ...similar(server.slug, await context.outlines.of(server), tool),
          text(link(serverPath(server.slug), ['All tools of ', title])),
        ],
      );
    }
  }
  if (room === 'catalog' && slug !== undefined) return missingServer(context, slug);
  if (room === 'attacks')
    return plainPage(404, path, 'No such attack pattern', 'It may have been renamed.', [
      text(link('/attacks', 'All attack patterns')),
    ]);
  return plainPage(404, path, 'Nothing is here', 'The address leads to no page of the catalogue.', [
    text(link(CATALOG, 'Search the catalogue'), ' or read ', link('/risk', 'what the levels mean'), '.'),
  ]);
}

async function missingServer({ reader }: PageContext, slug: string): Promise<PageContent> {
  const words = cleanText(slug.replaceAll(/[-_/.]+/g, ' '), 80);
  const { items } = await reader.searchServers({ q: words }, { limit: MOST });
  return plainPage(
    404,
    CATALOG,
    'No such server',
    ['No server of the index is called “', foreign(words), '”.'],
    [
      ...(items.length === 0
        ? []
        : [section('similar', 'Did you mean', [{ kind: 'cards', items: items.map(serverCard) }])]),
      text(
        link(searchPath({ q: words }, 'tools'), 'Search tools for these words'),
        ', or ',
        link(CATALOG, 'start again'),
        '.',
      ),
    ],
  );
}

function similar(
  slug: string,
  outlines: readonly Parameters<typeof toolCard>[1][],
  asked: string,
): readonly Block[] {
  const parts = new Set(pieces(asked));
  const close = outlines
    .slice(0, 2000)
    .map((one) => ({ one, shared: pieces(one.name).filter((piece) => parts.has(piece)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared)
    .slice(0, MOST);
  if (close.length === 0) return [];
  return [
    section('similar', 'Did you mean', [
      { kind: 'cards', items: close.map(({ one }) => toolCard(slug, one)) },
    ]),
  ];
}

function pieces(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((piece) => piece.length > 1);
}
