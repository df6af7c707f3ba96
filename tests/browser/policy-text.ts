import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The policy as the JSON view shows it, read through its copy button, so that folded or hidden lines count too. */
export async function policyText(page: Page): Promise<string> {
  await page.getByRole('tabpanel', { name: 'JSON' }).getByRole('button', { name: /^Cop/ }).click();
  return page.evaluate<string>('navigator.clipboard.readText()');
}

/** Replaces the text of the JSON view by pasting, and waits until every view has it. */
export async function pastePolicy(page: Page, text: string): Promise<void> {
  const editor = await selectAll(page);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await editor.press('ControlOrMeta+v');
  await expect.poll(() => policyText(page)).toBe(text);
}

/** Marks the whole text of the JSON view, and gives the view. */
export async function selectAll(page: Page): Promise<Locator> {
  const editor = page.getByRole('textbox', { name: 'Policy as JSON' });
  await editor.click();
  await editor.press('ControlOrMeta+a');
  return editor;
}
