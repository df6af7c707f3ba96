/** What axe-core finds wrong with a page: the rules of WCAG 2.2 A and AA, and best practice. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Nothing moves any more. */
const SETTLED = `Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => {})`;

/** What passes is not described: that takes as long as looking for what fails. */
const run = (options: object): string =>
  `axe.run(${JSON.stringify({ ...options, resultTypes: ['violations'] })}).then(({ violations }) => violations)`;
const ALL = run({});
const COLORS = run({ runOnly: ['color-contrast', 'link-in-text-block'] });

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** One line for each element that fails. */
export function violations(page: Page): Promise<readonly string[]> {
  return found(page, ALL);
}

/** What its colours alone get wrong: all that differs where a page that was looked at is shown light or dark. */
export function colorViolations(page: Page): Promise<readonly string[]> {
  return found(page, COLORS);
}

async function found(page: Page, rules: string): Promise<readonly string[]> {
  if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(SOURCE);
  await page.evaluate(SETTLED);
  const all = await page.evaluate<readonly Found[]>(rules);
  return all.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) =>
        `${id}: ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}
