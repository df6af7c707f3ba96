/** Selectors: an exact tool name, a pattern with `*`, or a class such as `@destructive`. */
import { didYouMean } from './did-you-mean.ts';
import { globMatcher } from './glob.ts';
import { TOOL_CLASSES, type ToolClass, type ToolFacts } from './types.ts';

const CLASSES = new Map(TOOL_CLASSES.map((name): [string, ToolClass] => [`@${name.toLowerCase()}`, name]));

/** What is wrong with a selector, or undefined. */
export function selectorProblem(selector: string): string | undefined {
  if (selector === '') return 'a selector cannot be empty';
  if (selector !== selector.trim())
    return `the selector ${JSON.stringify(selector)} has white space around it`;
  if (selector.startsWith('@')) {
    if (CLASSES.has(selector)) return undefined;
    const meant = didYouMean(selector, [...CLASSES.keys()]);
    return `unknown class ${JSON.stringify(selector)}: ${meant === undefined ? `known are ${[...CLASSES.keys()].join(', ')}` : `did you mean "${meant}"?`}`;
  }
  if (selector.includes('**'))
    return `${JSON.stringify(selector)}: one * stands for any run of characters; ** has no meaning`;
  return undefined;
}

export function isExact(selector: string): boolean {
  return !selector.startsWith('@') && !selector.includes('*');
}

export type SelectorMatcher = (tool: Pick<ToolFacts, 'name' | 'classes'>) => boolean;

export function selectorMatcher(selector: string): SelectorMatcher {
  const wanted = CLASSES.get(selector);
  if (wanted !== undefined) return ({ classes }) => classes.includes(wanted);
  const matches = globMatcher(selector);
  return ({ name }) => matches(name);
}

/**
 * Whether a selector that matches also makes the tool known under `"default": "deny"`. A class admits only the tools that it names
 * gravest: `"@write": {}` must not open a tool that deletes as well. Its rules apply to both.
 */
export function admits(selector: string, tool: Pick<ToolFacts, 'class'>): boolean {
  const wanted = CLASSES.get(selector);
  return wanted === undefined || tool.class === wanted;
}
