import { expect, it } from 'vitest';
import { PUBLIC_URL, samplePages } from './testing/sample-pages.ts';
import { SAMPLES } from './testing/samples.ts';

const addresses = (xml: string): string[] => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, loc]) => loc!);

it('the sitemap leads to every page once', async () => {
  const pages = samplePages();
  const parts = addresses(await pages.read('/sitemap.xml'));
  expect(parts).toEqual([`${PUBLIC_URL}/sitemap-general.xml`, `${PUBLIC_URL}/sitemap-1.xml`]);
  const all = (await Promise.all(parts.map((part) => pages.read(part.slice(PUBLIC_URL.length))))).flatMap(
    addresses,
  );
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(1 + 1 + 4 + 5 + 1 + 3 + SAMPLES.length + 38);
  for (const address of all) await pages.read(address.slice(PUBLIC_URL.length));
});

it('parts stay small, however many tools there are, and none is left out', async () => {
  const many = Array.from({ length: 12_000 }, (_, index) => ({ name: `get_${index}` }));
  const pages = samplePages({
    servers: [
      { slug: 'empty', title: 'Empty', definitions: [] },
      { slug: 'endless', title: 'Endless', definitions: many },
      ...SAMPLES,
    ],
  });
  const parts = addresses(await pages.read('/sitemap.xml')).slice(1);
  const read = await Promise.all(parts.map((part) => pages.read(part.slice(PUBLIC_URL.length))));
  for (const part of read) expect(addresses(part).length).toBeLessThanOrEqual(5000);
  const all = read.flatMap(addresses);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(2 + SAMPLES.length + 12_000 + 38);
});

it('robots.txt keeps crawlers to the catalogue', async () => {
  const robots = await samplePages().read('/robots.txt');
  expect(robots).toContain('Disallow: /api/');
  expect(robots).toContain(`Sitemap: ${PUBLIC_URL}/sitemap.xml`);
});

it('llms.txt names twins that are there', async () => {
  const pages = samplePages();
  const text = await pages.read('/llms.txt');
  expect(text).toMatch(/^# .+\n\n> /);
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, href]) => href!);
  expect(links).toContain(`${PUBLIC_URL}/catalog/orgo-mcp.md`);
  for (const link of links) await pages.read(link.slice(PUBLIC_URL.length));
});
