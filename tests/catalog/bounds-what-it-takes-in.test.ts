import { expect, it } from 'vitest';
import type { Json } from '../../src/json.ts';
import { freshStore, onEveryDatabase } from '../../src/store/testing/databases.ts';
import { cleanDefinition } from '../../src/catalog/library/clean-definition.ts';
import { cleanLine, cleanText } from '../../src/catalog/library/clean-text.ts';
import { cleanUrl, repositoryUrl } from '../../src/catalog/library/clean-url.ts';
import { openCatalog } from '../../src/catalog/library/open-catalog.ts';

const SOURCE = { source: 'scan', url: null, at: 1 };

it('takes out what steers terminals, turns reading order or cannot be seen', () => {
  expect(cleanLine('a\u0000b\u202Ec\u2066d\u200Be\u001b[31m\nf\ud800', 100)).toBe('a b c d e [31m f\ufffd');
  expect(cleanText('one\ntwo\u0085', 100)).toBe('one\ntwo');
  expect(cleanText('👩‍👩‍👧 नमस्ते', 100)).toBe('👩‍👩‍👧 नमस्ते');
  expect(cleanText('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
  expect(cleanText(`x${'😀'.repeat(50)}`, 11)).toBe(`x${'😀'.repeat(4)}…`);
});

it('links to nothing but web addresses, without credentials', () => {
  expect(cleanUrl('javascript:alert(1)')).toBeUndefined();
  expect(cleanUrl('https://user:secret@a.example/x#y')).toBe('https://a.example/x');
  expect(repositoryUrl('git+ssh://git@github.com/a/b.git')).toBe('https://github.com/a/b');
  expect(repositoryUrl('a/b')).toBe('https://github.com/a/b');
});

it('cuts definitions down to what can be kept', () => {
  let deep: Json = { type: 'string' };
  for (let level = 0; level < 5_000; level += 1) deep = { type: 'object', properties: { next: deep } };
  const wide = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [`p${index}`, { type: 'string' }]),
  );
  for (const inputSchema of [deep, { type: 'object', properties: wide }] as const) {
    const definition = cleanDefinition({ name: 'x', description: 'd'.repeat(10_000_000), inputSchema });
    expect(JSON.stringify(definition).length).toBeLessThan(100_000);
  }
  expect(cleanDefinition({ name: ' \u202e ' })).toBeUndefined();
});

await onEveryDatabase('a hostile server', (database) => {
  it('is stored with what can be kept of its tools', async () => {
    const catalog = openCatalog(await freshStore(database));
    const tools = Array.from({ length: 700 }, (_, index) => ({
      name: `tool_${index}\u0000\u202e`,
      description: `<script>alert(1)</script>\u0000 ${'x '.repeat(10_000)}`,
    }));
    await catalog.put([{ title: '\u202e\u0000 Evil \ud800', description: '\u0000', tools, source: SOURCE }]);
    const [server] = (await catalog.searchServers({ q: 'evil' }, {})).items;
    expect(server).toMatchObject({ toolCount: 700 });
    const kept = await catalog.tools(server!.slug);
    expect(kept.reduce((sum, { description }) => sum + (description?.length ?? 0), 0)).toBeLessThan(
      9_000_000,
    );
    expect(kept[0]!.name).toMatch(/^tool_\d+$/);
  });

  it('with too many tools or no name is refused with the place', async () => {
    const catalog = openCatalog(await freshStore(database));
    const tools = Array.from({ length: 10_001 }, (_, index) => ({ name: `t${index}` }));
    await expect(catalog.put([{ title: 'x', tools, source: SOURCE }])).rejects.toMatchObject({
      code: 'PC_IMPORT_INVALID',
      problems: [{ pointer: '/tools' }],
    });
    await expect(catalog.put([{ title: ' \u200b ', source: SOURCE }])).rejects.toMatchObject({
      problems: [{ pointer: '/title' }],
    });
  });
});
