import { describe, expect, it } from 'vitest';
import { PortcullisError } from '../../errors.ts';
import { createCatalogPages } from './index.ts';
import { memoryCatalog } from './testing/memory-catalog.ts';
import { PUBLIC_URL, samplePages } from './testing/sample-pages.ts';
import { SAMPLES } from './testing/samples.ts';
import { ASSETS } from './assets/assets.ts';

const pages = samplePages();
const TOOL = '/catalog/orgo-mcp/orgo_exec';

describe('every page', () => {
  const paths = [
    '/catalog',
    '/catalog?q=orgo&class=Execute&show=tools',
    '/catalog/orgo-mcp',
    TOOL,
    '/risk',
    '/risk/critical',
    '/risk/low',
    '/categories/financial',
    '/attacks',
    '/attacks/runaway-loop',
  ];

  it.each(paths)('%s can be kept, and asked for again cheaply', async (path) => {
    const first = await pages.get(path);
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toContain('public');
    const tag = first.headers.get('etag') as string;
    const again = await pages.get(path, { 'if-none-match': `"other", W/${tag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it.each(paths)('%s runs nothing of others, and frames nowhere', async (path) => {
    const policy = (await pages.get(path)).headers.get('content-security-policy') as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:/);
  });

  it.each(paths)('%s has one main heading, a canonical address or none, and Open Graph', async (path) => {
    const html = await pages.read(path);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    if (path.includes('?')) expect(html).toContain('content="noindex"');
    else expect(html).toMatch(new RegExp(`rel="canonical"\\s+href="${PUBLIC_URL}${path}"`));
    expect(html).toContain(`property="og:title"`);
    expect(html.match(/ id="[^"]+"/g)?.length).toBe(new Set(html.match(/ id="[^"]+"/g)).size);
  });

  it.each(paths)('%s has a twin in Markdown', async (path) => {
    const [name, query] = path.split('?');
    const twin = await pages.get(`${name}.md${query === undefined ? '' : `?${query}`}`);
    expect(twin.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(twin.headers.get('link')).toContain('rel="canonical"');
    expect(await twin.text()).toMatch(new RegExp(`^# .+\n[^]*Canonical: ${PUBLIC_URL}${name}\n`));
  });

  it.each(paths)('%s leads only to pages that are there', async (path) => {
    const html = await pages.read(path);
    const links = new Set(
      [...html.matchAll(/<a [^>]*href="(\/[^"#]*)/g)].map(([, href]) => href!.replaceAll('&amp;', '&')),
    );
    for (const link of links) {
      // The builder is the dashboard's; letters are taken where somebody reads them.
      if (link.startsWith('/servers/new?')) continue;
      expect([link, (await pages.get(link)).status]).toEqual([link, 200]);
    }
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(` id="${id}"`);
  });
});

it('machine-readable data names the page, its parents and its questions', async () => {
  const html = await pages.read(TOOL);
  const data = JSON.parse(/<script type="application\/ld\+json">([^]*?)<\/script>/.exec(html)![1]!) as {
    '@graph': { '@type': string; mainEntity?: object[]; itemListElement?: { item: string }[] }[];
  };
  const [crumbs, article, faq] = data['@graph'];
  expect([crumbs!['@type'], article!['@type'], faq!['@type']]).toEqual([
    'BreadcrumbList',
    'TechArticle',
    'FAQPage',
  ]);
  expect(crumbs!.itemListElement!.map(({ item }) => item)).toEqual([
    `${PUBLIC_URL}/catalog`,
    `${PUBLIC_URL}/catalog/orgo-mcp`,
    `${PUBLIC_URL}${TOOL}`,
  ]);
  expect(faq!.mainEntity).toHaveLength(6);
});

describe('what is not there', () => {
  it('says what was probably meant', async () => {
    const tool = await pages.get('/catalog/orgo-mcp/orgo-exec');
    expect(tool.status).toBe(404);
    expect(await tool.text()).toContain(`href="${TOOL}"`);
    const server = await pages.get('/catalog/orgo');
    expect(server.status).toBe(404);
    expect(await server.text()).toContain('href="/catalog/orgo-mcp"');
  });

  it.each([
    '/risk/huge',
    '/categories/other',
    '/attacks/none',
    '/catalog/a/b/c',
    '/sitemap-99.xml',
    '/contact',
    '/catalog/orgo-mcp?from=500',
  ])('%s is no page', async (path) => {
    const answer = await pages.get(path);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  it.each([
    '/catalog?class=Nothing',
    '/catalog?severity=1',
    '/catalog?signal=x',
    '/catalog?transport=pigeon',
    '/catalog?language=%3Cb%3E',
    '/catalog/%ff',
  ])('%s is refused, not taken for everything', async (path) => {
    expect((await pages.get(path)).status).toBe(400);
  });

  it('a slash at the end leads to the page', async () => {
    const answer = await pages.get('/catalog/orgo-mcp/');
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/catalog/orgo-mcp']);
  });

  it('a slash at the front never leads to another site', async () => {
    const answer = await pages.get('//evil.example/');
    expect(answer.headers.get('location')).toBeNull();
  });
});

it('results go on where the page before ended', async () => {
  const first = await pages.read('/catalog?show=tools');
  const next = /href="(\/catalog\?show=tools&amp;cursor=[^"]+)"/.exec(first)![1]!.replaceAll('&amp;', '&');
  const second = await pages.read(next);
  const names = (html: string) =>
    [...html.matchAll(/href="(\/catalog\/[a-z0-9][^"/]*\/[^"]+)"/g)].map(([, href]) => href);
  expect(new Set([...names(first), ...names(second)]).size).toBe(names(first).length + names(second).length);
  expect(names(first).length + names(second).length).toBe(38);
});

it('a cursor that is none is a page of its own, other failures are the mounting application’s', async () => {
  const failing = (error: Error) => {
    const searchServers = async () => {
      throw error;
    };
    const reader = { ...memoryCatalog(SAMPLES), searchServers };
    return createCatalogPages({ reader, attacks: [], publicUrl: PUBLIC_URL });
  };
  const refused = await failing(new PortcullisError('PC_API_INVALID')).request(
    `${PUBLIC_URL}/catalog?cursor=x`,
  );
  expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
  await expect(async () => failing(new Error('disk')).request(`${PUBLIC_URL}/catalog`)).rejects.toThrow(
    'disk',
  );
});

it('an operator’s class wins, and the page says so', async () => {
  const reader = memoryCatalog(SAMPLES);
  const app = createCatalogPages({
    reader: {
      ...reader,
      tool: async (slug, name) => ({ ...(await reader.tool(slug, name))!, classOverride: 'Destructive' }),
    },
    attacks: [],
    publicUrl: PUBLIC_URL,
  });
  const html = await (await app.request(`${PUBLIC_URL}${TOOL}`)).text();
  expect(html).toContain(
    'An operator of this catalogue set the class; the definition alone reads as Execute.',
  );
  expect(html).toContain('&quot;hide&quot;: [\n    &quot;orgo_exec&quot;');
});

it('styles and script are kept for good, under names that change with them', async () => {
  for (const { path, type } of Object.values(ASSETS)) {
    const answer = await pages.get(path);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('cache-control')).toContain('immutable');
  }
  expect((await pages.get('/catalog/-/style-other.css')).status).toBe(404);
});

it('the policy of a server is a file, too', async () => {
  const answer = await pages.get('/catalog/codeforge-mcp.policy.json');
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(((await answer.json()) as { hide: string[] }).hide).toEqual(['delete_skill']);
});
