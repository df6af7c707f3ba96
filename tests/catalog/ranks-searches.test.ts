import { expect, it } from 'vitest';
import { freshStore, onEveryDatabase, type TestDatabase } from '../../src/store/testing/databases.ts';
import { openCatalog } from '../../src/catalog/library/open-catalog.ts';
import type { Catalog, CatalogQuery, ImportedServer } from '../../src/catalog/library/types.ts';

const at = (source: string): ImportedServer['source'] => ({ source, url: null, at: 1 });

async function filled(database: TestDatabase): Promise<Catalog> {
  const catalog = openCatalog(await freshStore(database));
  await catalog.put([
    { title: 'mailbox-tools', description: 'For letters', uses: 10, language: 'python', source: at('npm') },
    { title: 'mail', description: 'Small', transports: ['stdio'], source: at('npm') },
    { title: 'acme-mail', description: 'Big', uses: 90_000, transports: ['http'], source: at('npm') },
    {
      title: 'calendar',
      description: 'Dates, and reminders by mail',
      uses: 900_000,
      source: at('scan'),
      tools: [
        { name: 'list_events', description: 'Lists events.' },
        { name: 'deleteEvent', description: 'Permanently deletes an event.' },
        {
          name: 'run_query',
          description: 'Runs SQL.',
          inputSchema: { properties: { sql: { type: 'string' } } },
        },
      ],
    },
    {
      title: 'mail',
      packages: [{ registry: 'npm', name: '@other/mail', version: null }],
      uses: 5,
      source: at('npm'),
    },
  ]);
  return catalog;
}

await onEveryDatabase('searching the index', (database) => {
  const slugs = async (catalog: Catalog, query: CatalogQuery): Promise<string[]> =>
    (await catalog.searchServers(query, {})).items.map(({ slug }) => slug);

  it('ranks what is called so before what has the word in its name, begins so, or is described so', async () => {
    const catalog = await filled(database);
    expect(await slugs(catalog, { q: 'mail' })).toEqual([
      'other-mail',
      'mail',
      'acme-mail',
      'mailbox-tools',
      'calendar',
    ]);
  });

  it('finds beginnings of words, all of them, and ignores words that everything has', async () => {
    const catalog = await filled(database);
    expect(await slugs(catalog, { q: 'the mcp server for remind' })).toEqual(['calendar']);
    expect(await slugs(catalog, { q: 'mail letters' })).toEqual(['mailbox-tools']);
    expect(await slugs(catalog, { q: 'mail nowhere' })).toEqual([]);
    expect(await slugs(catalog, { q: '"*) OR :A & \' | ! <-> mail' })).toHaveLength(5);
  });

  it('narrows by facets', async () => {
    const catalog = await filled(database);
    expect(await slugs(catalog, { class: 'Destructive' })).toEqual(['calendar']);
    expect(await slugs(catalog, { signal: 'accepts-sql', q: 'cal' })).toEqual(['calendar']);
    expect(await slugs(catalog, { transport: 'http' })).toEqual(['acme-mail']);
    expect(await slugs(catalog, { language: 'python' })).toEqual(['mailbox-tools']);
    const critical = await catalog.searchTools({ severity: 'Critical' }, {});
    expect(critical.items).toMatchObject([{ name: 'deleteEvent', server: { slug: 'calendar' } }]);
    const event = await catalog.searchTools({ q: 'event' }, {});
    expect(event.items.map(({ name }) => name)).toEqual(['deleteEvent', 'list_events']);
  });

  it('pages through every step without gap or repetition', async () => {
    const catalog = await filled(database);
    for (const query of [{ q: 'mail' }, {}]) {
      const all = await slugs(catalog, query);
      expect(all).toHaveLength(5);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await catalog.searchServers(query, {
          limit: 2,
          ...(cursor !== undefined && { cursor }),
        });
        paged.push(...page.items.map(({ slug }) => slug));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(paged).toEqual(all);
    }
    const wrong = { code: 'PC_API_INVALID' };
    await expect(catalog.searchServers({}, { cursor: 'WzAsMV0x' })).rejects.toMatchObject(wrong);
    await expect(catalog.searchServers({}, { limit: 0 })).rejects.toMatchObject(wrong);
  });

  it('finds a server by slug, package, remote and repository', async () => {
    const catalog = openCatalog(await freshStore(database));
    await catalog.put([
      {
        slug: 'acme',
        title: 'Acme',
        packages: [{ registry: 'pypi', name: 'Acme_Mail', version: null }],
        remotes: [{ type: 'http', url: 'https://acme.example/mcp' }],
        repository: 'git@github.com:Acme/mail.git',
        source: at('server-json'),
      },
    ]);
    for (const reference of [
      'acme',
      'acme-mail',
      'pypi:acme.mail==1.0',
      'https://acme.example/mcp/',
      'https://github.com/acme/mail',
    ])
      expect((await catalog.find(reference))?.slug, reference).toBe('acme');
    expect(await catalog.find('npm:acme-mail')).toBeUndefined();
  });
});
