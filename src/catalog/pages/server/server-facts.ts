import type { CatalogServer } from '../../library/types.ts';
import { foreign, link, section } from '../blocks/make.ts';
import type { Block, Inline } from '../blocks/types.ts';
import { day, grouped } from '../words/numbers.ts';
import { sourceName } from './source-name.ts';
import { webUrl } from './web-url.ts';

/** Beside the text of a server's page. */
export function serverFacts(server: CatalogServer): readonly Block[] {
  const { version, transports, language, uses, updatedAt } = server;
  const items: { label: string; value: Inline }[] = [{ label: 'Tools', value: grouped(server.toolCount) }];
  const add = (label: string, value: Inline | undefined): void =>
    void (value === undefined || items.push({ label, value }));
  add('Version', version === null ? undefined : foreign(version, 40));
  add('Transport', transports.length === 0 ? undefined : transports.join(', '));
  add('Language', language === null ? undefined : foreign(language, 30));
  add('Uses a month', uses === null ? undefined : grouped(uses));
  add('Source', webLink(server.repository, sourceName(server) ?? 'repository'));
  add('Home page', webLink(server.homepage, 'website'));
  add('Last read', day(updatedAt));
  return [section('glance', 'At a glance', [{ kind: 'facts', items }], 'panel'), ...packages(server)];
}

function webLink(address: string | null, label: string): Inline | undefined {
  const url = webUrl(address);
  return url === undefined ? undefined : link(url, foreign(label, 60));
}

function packages({ packages: all }: CatalogServer): readonly Block[] {
  if (all.length === 0) return [];
  const items = all
    .slice(0, 8)
    .map(({ registry, name, version }) => [
      foreign(registry, 20),
      ': ',
      foreign(name, 80),
      ...(version === null ? [] : [' ', foreign(version, 30)]),
    ]);
  return [section('packages', 'Packages', [{ kind: 'list', items }])];
}
