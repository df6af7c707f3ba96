/** Short forms, so that pages read like what they say. */
import { cleanText } from '../clean-text.ts';
import type { Block, Inline, InlineNode, Tone } from './types.ts';

/** The longest name that is shown whole. */
const NAME_LENGTH = 72;

export const code = (text: string): InlineNode => ({ kind: 'code', text });
export const strong = (text: string): InlineNode => ({ kind: 'strong', text });
/** Cleaned and bounded; 300 unless told. */
export const foreign = (text: string, most = 300): InlineNode => ({
  kind: 'foreign',
  text: cleanText(text, most),
});
/** A tool's, parameter's or package's name. */
export const name = (text: string): InlineNode => code(cleanText(text, NAME_LENGTH) || '(blank)');
export const link = (href: string | undefined, text: Inline): Inline =>
  href === undefined ? text : { kind: 'link', href, text };
export const chip = (tone: Tone, text: string, href?: string): InlineNode => ({
  kind: 'chip',
  tone,
  text,
  href,
});
export const text = (...of: readonly Inline[]): Block => ({ kind: 'text', of });
export const soft = (...of: readonly Inline[]): Block => ({ kind: 'text', look: 'soft', of });
export const section = (id: string, title: Inline, blocks: readonly Block[], look?: 'panel'): Block => ({
  kind: 'section',
  id,
  title,
  blocks,
  look,
});
export const list = (...items: readonly Inline[]): Block => ({ kind: 'list', items });
export const steps = (...items: readonly Inline[]): Block => ({ kind: 'list', ordered: true, items });
/** With commas between them. */
export function joined(items: readonly Inline[], last = 'and'): Inline {
  return items.map((item, index) => {
    if (index === 0) return item;
    return [index === items.length - 1 ? ` ${last} ` : ', ', item];
  });
}
