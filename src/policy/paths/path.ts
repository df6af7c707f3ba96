/** Paths name what a condition looks at: `args.items[*].price`, `args["odd.key"]`, `tool.class`. */
import { closest } from '../document/closest.ts';

/** `[*]`: every element of an array. */
export const EACH = Symbol('[*]');
/** A member by name, an element by index, or each element. */
export type Segment = string | number | typeof EACH;

export const ROOTS = ['args', 'tool.name', 'tool.class', 'grant.label', 'grant.tags', 'client.name', 'time.utc'] as const;
export type Root = (typeof ROOTS)[number];

export interface Path {
  readonly text: string;
  readonly root: Root;
  readonly segments: readonly Segment[];
}

/** Where a path cannot be read and what was expected there; `at` counts characters from 1. */
export interface PathTrouble {
  readonly trouble: string;
  readonly at: number;
}

const MOST_CHARACTERS = 512;
const MOST_SEGMENTS = 32;
const PLAIN_NAME = /[^.[\]"'*\s\u0000-\u001f\u007f]+/y;
const INDEX = /\[(0|[1-9][0-9]{0,8})\]/y;
const QUOTED = /\[("(?:[^"\\\u0000-\u001f]|\\.)*")\]/y;

export function parsePath(text: string): Path | PathTrouble {
  if (text.length > MOST_CHARACTERS) return { trouble: `Expected at most ${MOST_CHARACTERS} characters`, at: 1 };
  const root = ROOTS.find((candidate) => text.startsWith(candidate) && /^(?:$|[.[])/.test(text.slice(candidate.length)));
  if (root === undefined) return rootTrouble(text);
  const segments: Segment[] = [];
  let at: number = root.length;
  while (at < text.length) {
    const read = readSegment(text, at);
    if ('trouble' in read) return read;
    segments.push(read.segment);
    at = read.end;
  }
  if (segments.length > MOST_SEGMENTS) return { trouble: `Expected at most ${MOST_SEGMENTS} segments`, at: 1 };
  if (segments.length > 0 && root !== 'args' && !(root === 'grant.tags' && segments.length === 1 && typeof segments[0] !== 'string')) {
    return { trouble: `Expected the end of the path after ${root}`, at: root.length + 1 };
  }
  return { text, root, segments };
}

/** How a member of `args` is written in a path. */
export function memberPath(base: string, name: string): string {
  PLAIN_NAME.lastIndex = 0;
  return PLAIN_NAME.exec(name)?.[0] === name ? `${base}.${name}` : `${base}[${JSON.stringify(name)}]`;
}

function readSegment(text: string, at: number): { readonly segment: Segment; readonly end: number } | PathTrouble {
  if (text[at] === '.') {
    const name = match(PLAIN_NAME, text, at + 1);
    if (name !== undefined) return { segment: name[0], end: at + 1 + name[0].length };
    return { trouble: 'Expected a name after "."; odd names are written args["odd.name"], every element of an array [*]', at: at + 2 };
  }
  if (text.startsWith('[*]', at)) return { segment: EACH, end: at + 3 };
  const index = match(INDEX, text, at);
  if (index !== undefined) return { segment: Number(index[1]), end: at + index[0].length };
  const quoted = match(QUOTED, text, at);
  const name = quoted === undefined ? undefined : unquoted(quoted[1]!);
  if (quoted !== undefined && name !== undefined) return { segment: name, end: at + quoted[0].length };
  return { trouble: text[at] === '[' ? 'Expected [0], [*] or ["name"]' : 'Expected ".", "[" or the end of the path', at: at + 1 };
}

function rootTrouble(text: string): PathTrouble {
  const [first] = text.split(/[.[]/, 1);
  const meant = first === 'arguments' || first === 'input' || first === 'params' ? 'args' : closest(first!, ['args']);
  const suggestion = meant === undefined ? closest(text, ROOTS) : meant + text.slice(first!.length);
  const hint = suggestion === undefined || suggestion === text ? '' : `. Did you mean ${JSON.stringify(suggestion)}?`;
  return { trouble: `Expected a path that starts with ${ROOTS.join(', ')}${hint}`, at: 1 };
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
