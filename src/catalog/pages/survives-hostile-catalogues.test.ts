import { beforeAll, describe, expect, it } from 'vitest';
import { ENDLESS, FROM_THE_RIGHT, HOSTILE, HOSTILE_TOOLS } from './testing/hostile-servers.ts';
import { PUBLIC_URL, samplePages, type SamplePages } from './testing/sample-pages.ts';
import { SAMPLES } from './testing/samples.ts';
import { toolPath } from './page-paths.ts';

const BUDGET = 60_000;
const desk = { messages: { accept: async () => true }, secret: async () => new Uint8Array(32), now: () => 0 };

let pages: SamplePages;
beforeAll(() => void (pages = samplePages({ servers: [...SAMPLES, HOSTILE, ENDLESS], contact: desk })));

const named = HOSTILE_TOOLS.map(({ name }) => toolPath('hostile', name as string)).filter(
  (path) => path !== undefined,
);
const paths = [
  ...named,
  '/catalog/hostile',
  '/catalog/endless',
  '/catalog/endless?from=9990',
  `${toolPath('endless', ENDLESS.definitions[4]!.name as string)}`,
  '/catalog?show=tools',
  '/catalog?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&show=tools&language=x',
  '/risk/critical',
  '/categories/execute',
  '/attacks/code-for-the-agent',
];

const short = (path: string): string => path.slice(0, 60);

it('leaves out only names that no address can carry', () => {
  expect(HOSTILE_TOOLS.length - named.length).toBe(3);
});

describe.each(paths.map((path) => [short(path), path]))('%s', (_, path) => {
  it('stays within its budget, and holds nothing that could run or turn the text', async () => {
    const html = await pages.read(path);
    expect(Buffer.byteLength(html)).toBeLessThan(BUDGET);
    expect(tagsOf(html)).toEqual([]);
    expect(html).not.toMatch(
      /[\u202a-\u202e\u2066-\u2069\u200b\u0000-\u0008\u000b-\u001f\u{e0000}-\u{e007f}\ufffd]/u,
    );
    expect(html.isWellFormed()).toBe(true);
    expect(html).not.toMatch(/href="(?!\/|#|https?:)/);
    expect(html).not.toMatch(/secret@/);
    const data = /<script type="application\/ld\+json">([^]*?)<\/script>/.exec(html);
    if (data !== null) expect(() => JSON.parse(data[1]!) as unknown).not.toThrow();
  });

  it('has a twin in which others cannot make headings, links or markup', async () => {
    const [name, query = ''] = path.split('?');
    const twin = await pages.read(`${name}.md${query === '' ? '' : `?${query}`}`);
    expect(Buffer.byteLength(twin)).toBeLessThan(BUDGET);
    const prose = withoutCode(twin);
    const links = [...prose.matchAll(/\]\(([^)]*)\)/g)].map(([, href]) => href!);
    expect(
      links.filter(
        (href) => !/^https:\/\/(?:catalogue|github|registry)\.|^https:\/\/example\.com\/report$/.test(href),
      ),
    ).toEqual([]);
    expect(prose).not.toMatch(/<|!\[|^# Heading/m);
    expect(twin).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u0007]/u);
  });
});

it('words from the right stand isolated, everywhere', async () => {
  const { app } = samplePages({ servers: [FROM_THE_RIGHT, HOSTILE], contact: desk });
  const name = FROM_THE_RIGHT.definitions[0]!.name as string;
  const own = toolPath('right', name) as string;
  const asked = [
    own,
    '/catalog/right',
    '/catalog',
    '/catalog?show=tools',
    '/risk/critical',
    `${own}x`,
    '/catalog/שרת',
  ];
  for (const path of asked) {
    const html = await (await app.request(`${PUBLIC_URL}${path}`)).text();
    const body = html
      .slice(html.indexOf('<body'))
      .replace(/<pre[^]*?<\/pre>/g, '')
      .replace(/<bdi>[^]*?<\/bdi>/g, '')
      .replace(/<[^>]*>/g, '');
    expect([path, ...(body.match(/.{0,30}[\u0590-\u06ff].{0,30}/g) ?? [])]).toEqual([path]);
  }
});

it('a policy shows what cannot be seen, and still means the same', async () => {
  const name = HOSTILE_TOOLS[1]!.name as string;
  const html = await pages.read(toolPath('hostile', name)!);
  const shown = /<code id="policy-balanced">([^<]*)<\/code>/.exec(html)![1]!.replaceAll('&quot;', '"');
  expect(shown).toContain('\\u202e');
  expect(Object.keys((JSON.parse(shown) as { tools: object }).tools)).toEqual([name]);
});

it('commands hold only words that a shell takes as they are', async () => {
  const html = await pages.read('/catalog/hostile');
  expect(html).toContain('-- npx -y fine</code>');
  expect(html).not.toContain('rm -rf ~</code>');
  expect(html).not.toContain('npx -y x;');
  // The quotes of an address cannot end its own.
  expect(html).toContain('--url &#39;https://evil.example/&#39;\\&#39;&#39;;id;&#39;\\&#39;&#39;&#39;\n');
});

it('a tool that is called like a twin has both', async () => {
  expect(await pages.read('/catalog/hostile/notes%2Emd')).toContain('<h1>');
  expect(await pages.read('/catalog/hostile/notes.md')).toContain('<h1>');
  expect((await pages.get('/catalog/hostile/notes%2Emd.md')).headers.get('content-type')).toContain(
    'markdown',
  );
});

it('all ten thousand tools are listed, page by page', async () => {
  const seen = new Set<string>();
  let path: string | undefined = '/catalog/endless';
  let asked = 0;
  while (path !== undefined && asked++ < 1000) {
    const html = await pages.read(path);
    for (const [, name] of html.matchAll(/href="\/catalog\/endless\/(run_\d+)/g)) seen.add(name!);
    path = /href="(\/catalog\/endless\?from=\d+)#tools"/.exec(html)?.[1];
  }
  expect(seen.size).toBe(10_000);
}, 120_000);

/** Elements that the pages do not have themselves, and attributes that run. */
function tagsOf(html: string): string[] {
  const own =
    /^(?:!doctype|html|head|meta|title|link|script|body|a|header|div|img|span|nav|ol|ul|li|main|p|h1|h2|h3|h4|section|code|bdi|figure|blockquote|figcaption|table|caption|thead|tbody|tr|th|td|q|mark|strong|pre|button|details|summary|dl|dt|dd|svg|rect|form|label|input|textarea|select|option|aside|footer)$/;
  return [...html.matchAll(/<\/?([^\s>/]*)([^>]*)>/g)]
    .filter(
      ([, name, rest]) =>
        !own.test(name!.toLowerCase()) || /\son\w+\s*=|\sstyle\s*=/.test(rest!.replace(/"[^"]*"/g, '')),
    )
    .concat([...html.matchAll(/<script(?! src="\/catalog\/-\/copy-| type="application\/ld\+json")/g)])
    .concat([...html.matchAll(/<img(?! src="\/catalog\/-\/icon-)/g)])
    .map(([whole]) => whole);
}

/** What a reader of Markdown takes for text: escaped signs are none, and code is not looked into. */
function withoutCode(markdown: string): string {
  return markdown.replace(/\\[^]|(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
}
