import type { PolicyDocument } from '../../../../../src/policy/document.ts';
import { selectorMatcher } from '../../../../../src/policy/selector.ts';
import type { Tool } from '../../../api/types.ts';
import { counted } from '../../../lib/number-text.ts';
import { subjectText } from '../../../policy/summary.ts';

const CLASSES = ['@read', '@write', '@execute', '@destructive', '@financial'];

/** Classes that the server has or the document names, its patterns, and names that no tool has. */
export function wideSelectors(
  document: PolicyDocument,
  tools: readonly Tool[],
): readonly { readonly selector: string; readonly about: string }[] {
  const known = new Set(tools.map(({ name }) => name));
  const hidden = Array.isArray(document.hide) ? document.hide.filter((one) => typeof one === 'string') : [];
  const named = [...Object.keys(document.tools ?? {}), ...hidden].filter((one) => !known.has(one));
  const classes = CLASSES.filter(
    (one) => tools.length === 0 || named.includes(one) || fitting(one, tools) > 0,
  );
  return [...new Set([...classes, ...named])].map((selector) => {
    const count = fitting(selector, tools);
    const text = subjectText(selector);
    const what = text === selector ? '' : `${text} · `;
    return { selector, about: count === 0 ? `${what}no tool of the server` : what + counted(count, 'tool') };
  });
}

function fitting(selector: string, tools: readonly Tool[]): number {
  return tools.filter(selectorMatcher(selector)).length;
}
