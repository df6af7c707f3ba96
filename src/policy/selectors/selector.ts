/** Selectors say which tools an entry is for: an exact name, a glob with `*`, or a class such as `@destructive`. */
import { didYouMean } from '../document/closest.ts';
import { TOOL_CLASSES, type ToolClass, type ToolFacts } from '../types.ts';
import { compileGlob } from './glob.ts';

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'glob'; readonly matches: (name: string) => boolean }
  | { readonly kind: 'class'; readonly class: ToolClass };

const CLASSES = new Map<string, ToolClass>(TOOL_CLASSES.map((name) => [`@${name.toLowerCase()}`, name]));
const MOST_CHARACTERS = 256;

/** What is wrong with a selector, or undefined. */
export function selectorTrouble(text: string): string | undefined {
  if (text === '') return 'Expected the name of a tool, got an empty string.';
  if (text.length > MOST_CHARACTERS) return `Expected at most ${MOST_CHARACTERS} characters.`;
  // eslint-disable-next-line no-control-regex -- a name with control characters cannot be told from another one by reading
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'Expected a name without control characters.';
  if (text.startsWith('@') && !CLASSES.has(text)) return `Unknown class ${JSON.stringify(text)}. Expected one of ${[...CLASSES.keys()].join(', ')}.${didYouMean(text, CLASSES.keys())}`;
  return text.includes('**') ? 'Expected single stars: "*" already stands for any run of characters.' : undefined;
}

/** @param text a selector without trouble */
export function parseSelector(text: string): Selector {
  const named = CLASSES.get(text);
  if (named !== undefined) return { kind: 'class', class: named };
  return text.includes('*') ? { kind: 'glob', matches: compileGlob(text) } : { kind: 'name', name: text };
}

/** A class selector matches when its class is among all those that apply, not only the gravest. */
export function selects(selector: Selector, tool: Pick<ToolFacts, 'name' | 'class' | 'classes'>): boolean {
  switch (selector.kind) {
    case 'name':
      return selector.name === tool.name;
    case 'glob':
      return selector.matches(tool.name);
    case 'class':
      return tool.class === selector.class || tool.classes.includes(selector.class);
  }
}
