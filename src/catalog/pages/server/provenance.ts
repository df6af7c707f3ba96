import type { CatalogServer } from '../../library/types.ts';
import { foreign, link, soft } from '../blocks/make.ts';
import type { Block } from '../blocks/types.ts';
import { day } from '../words/numbers.ts';
import { webUrl } from './web-url.ts';

const MOST = 12;

const SOURCES: Readonly<Record<string, string>> = {
  registry: 'MCP registry',
  'server-json': 'A server.json file',
  npm: 'npm',
  pypi: 'PyPI',
  docker: 'Docker MCP registry',
  'tools-list': 'A captured tools list',
  scan: 'A scan of the running server',
  starter: 'The starter index',
  gateway: 'This gateway',
};

/** Which source said what, and when. */
export function provenance({ provenance: all }: CatalogServer): readonly Block[] {
  if (all.length === 0) return [soft('No source is on record.')];
  const rows = all.slice(0, MOST).map(({ source, url, at, gave }) => {
    const named = foreign(Object.hasOwn(SOURCES, source) ? (SOURCES[source] as string) : source, 40);
    return [link(webUrl(url), named), foreign(gave.join(', '), 160), day(at)];
  });
  return [
    {
      kind: 'table',
      caption: 'Sources, and what each of them told',
      head: ['Source', 'Told', 'Read on'],
      rows,
    },
  ];
}
