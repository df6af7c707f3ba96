import { describe, expect, it } from 'vitest';
import { ATTACKS } from '../../attacks/index.ts';
import { samplePages } from '../testing/sample-pages.ts';

const pages = samplePages({ attacks: ATTACKS });

describe('attack pages', () => {
  it.each(ATTACKS.map(({ slug }) => slug))(
    '%s shows its case against no policy and its own',
    async (slug) => {
      const html = await pages.read(`/attacks/${slug}`);
      expect(html.length).toBeLessThan(60_000);
      const [, table = ''] =
        /<table[^>]*>(?=(?:(?!<\/table>)[\s\S])*none: everything is allowed)([\s\S]*?)<\/table>/.exec(html) ??
        [];
      const [open = '', shut = ''] = table.split('the one above');
      expect(open).toContain('got through');
      expect(shut).toMatch(/stopped|limited/);
      expect(shut).toMatch(/step \d/);
    },
  );

  it('lists them all in little', async () => {
    const html = await pages.read('/attacks');
    expect(html.length).toBeLessThan(60_000);
    for (const { slug } of ATTACKS) expect(html).toContain(`href="/attacks/${slug}"`);
  });
});
