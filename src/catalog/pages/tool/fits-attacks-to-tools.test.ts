import { expect, it } from 'vitest';
import { samplePages } from '../testing/sample-pages.ts';
import { SAMPLE_ATTACKS } from '../testing/sample-attacks.ts';
import { fittingAttacks } from './fitting-attacks.ts';

it.each([
  [['Execute'], ['accepts-code'], ['code-for-the-agent', 'runaway-loop']],
  [['Execute'], [], ['runaway-loop']],
  [['Read'], ['accepts-url'], ['data-leaves-by-a-tool', 'runaway-loop']],
  [
    ['Write', 'Execute'],
    ['sends-data-out', 'accepts-shell'],
    ['data-leaves-by-a-tool', 'code-for-the-agent', 'runaway-loop'],
  ],
] as const)('%j with %j: %j', (classes, signals, slugs) => {
  const found = fittingAttacks(SAMPLE_ATTACKS, { classes, signals }).map(({ slug }) => slug);
  expect(new Set(found)).toEqual(new Set(slugs));
  expect(found.at(-1)).toBe('runaway-loop');
});

it('a tool that stands alone has a page without links into nowhere', async () => {
  const servers = [{ slug: 'one', title: 'One', definitions: [{ name: 'get_one' }] }];
  const html = await samplePages({ servers, attacks: [] }).read('/catalog/one/get_one');
  for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(` id="${id}"`);
  expect(html).toContain('1 tool of One is in this catalogue');
  expect(html).toContain('It takes no parameters.');
});
