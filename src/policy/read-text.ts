/** JSON and YAML text to a value, remembering where every member stands. */
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import { stripComments } from 'jsonc-parser';
import type { Problem } from '../errors.ts';
import { plainlyWritten } from '../json.ts';
import { define } from './normalise.ts';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface TextValue {
  readonly value: unknown;
  /** Where the member that a JSON Pointer names stands; its nearest ancestor for one that is missing. */
  place(pointer: string): Place;
}

const MOST_CHARACTERS = 1024 * 1024;
const MOST_DEPTH = 64;

export function readText(
  written: string,
  format: 'json' | 'yaml',
): TextValue | { readonly problems: readonly Problem[] } {
  // Spaces in their place, so that what is left stands where it stood.
  const text = format === 'json' ? stripComments(written, ' ') : written;
  const early = earlyProblem(text, format);
  if (early !== undefined) return { problems: [early] };
  const plain = format === 'json' ? plainlyWritten(text) : undefined;
  if (plain === undefined || !isPlain(plain.value)) return readDocument(text);
  let document: ReturnType<typeof readDocument> | undefined;
  return {
    value: plain.value,
    place(pointer) {
      document ??= readDocument(text);
      return 'place' in document ? document.place(pointer) : { line: 1, column: 1 };
    },
  };
}

/** Whether nothing in it would be refused if it were read as YAML. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => name !== '<<' && isPlain(member));
}

function readDocument(text: string): TextValue | { readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    version: '1.2',
    schema: 'core',
    merge: false,
    stringKeys: true,
  });
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }): Problem => ({
    pointer: '',
    message: sentenceOf(message),
    ...at(lines, pos[0]),
  }));
  if (problems.length > 0) return { problems };
  refuseExtras(document, lines, problems);
  if (problems.length > 0) return { problems };
  return { value: plainValue(document.contents, 0), place: (pointer) => placeOf(document, lines, pointer) };
}

function earlyProblem(text: string, format: 'json' | 'yaml'): Problem | undefined {
  if (text.startsWith('\uFEFF'))
    return {
      pointer: '',
      message: 'the text starts with a byte order mark; save it as UTF-8 without one',
      line: 1,
      column: 1,
    };
  if (text.length > MOST_CHARACTERS)
    return {
      pointer: '',
      message: `the text is larger than ${MOST_CHARACTERS} characters`,
      line: 1,
      column: 1,
    };
  if (text.trim() === '')
    return { pointer: '', message: 'the text is empty: expected a policy document', line: 1, column: 1 };
  if (deepest(text, format) > MOST_DEPTH)
    return {
      pointer: '',
      message: `the document nests deeper than ${MOST_DEPTH} levels`,
      line: 1,
      column: 1,
    };
  if (format !== 'json') return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return {
      pointer: '',
      message: `not JSON: ${(error as Error).message}`,
      ...jsonErrorPlace(text, (error as Error).message),
    };
  }
}

/** Brackets, in JSON those outside of strings; block YAML indents and cannot nest deep in a megabyte of spaces. */
function deepest(text: string, format: 'json' | 'yaml'): number {
  let depth = 0;
  let most = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index];
    if (format === 'json' && letter === '"') quoted = !quoted;
    else if (quoted) index += letter === '\\' ? 1 : 0;
    else if (letter === '{' || letter === '[') most = Math.max(most, (depth += 1));
    else if (letter === '}' || letter === ']') depth -= 1;
  }
  return most;
}

function jsonErrorPlace(text: string, message: string): Place {
  const offset = /position (\d+)/.exec(message)?.[1];
  const before = text.slice(0, offset === undefined ? text.length : Number(offset));
  const line = before.split('\n').length;
  return { line, column: before.length - before.lastIndexOf('\n') };
}

/** What YAML has and JSON has not would make two readers see two documents. */
function refuseExtras(document: Document, lines: LineCounter, problems: Problem[]): void {
  const refuse = (node: Node, message: string): void =>
    void problems.push({ pointer: '', message, ...at(lines, node.range?.[0] ?? 0) });
  visit(document, {
    Alias: (_, node) => refuse(node, 'aliases (*name) are not accepted'),
    Node: (_, node) => {
      if ('anchor' in node && node.anchor !== undefined) refuse(node, 'anchors (&name) are not accepted');
      if (
        node.tag !== undefined &&
        !/^tag:yaml\.org,2002:(?:map|seq|str|int|float|bool|null)$/.test(node.tag)
      )
        refuse(node, `the tag ${node.tag} is not accepted`);
    },
    Scalar: (_, node) => {
      if (typeof node.value === 'number' && !Number.isFinite(node.value))
        refuse(node, 'numbers must be finite');
      else if (typeof node.value === 'number' && Math.abs(node.value) > Number.MAX_SAFE_INTEGER)
        refuse(node, 'numbers beyond ±(2^53 − 1) cannot be judged');
    },
    Pair: (_, pair: Pair) => {
      if (isScalar(pair.key) && pair.key.value === '<<') refuse(pair.key, 'merge keys (<<) are not accepted');
    },
  });
}

function plainValue(node: unknown, depth: number): unknown {
  if (isMap(node)) {
    const object: Record<string, unknown> = {};
    for (const { key, value } of node.items)
      define(object, String(isScalar(key) ? key.value : key), plainValue(value, depth + 1));
    return object;
  }
  if (isSeq(node)) return node.items.map((item) => plainValue(item, depth + 1));
  return isScalar(node) ? node.value : null;
}

function placeOf(document: Document, lines: LineCounter, pointer: string): Place {
  let node: unknown = document.contents;
  let offset = rangeOf(node) ?? 0;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
      if (pair === undefined) break;
      offset = rangeOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(name)];
      if (item === undefined) break;
      offset = rangeOf(item) ?? offset;
      node = item;
    } else {
      break;
    }
  }
  return at(lines, offset);
}

function rangeOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] | null } | null)?.range?.[0];
}

function at(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function sentenceOf(message: string): string {
  if (message.includes('multiple documents')) return 'the text holds several documents: expected one policy';
  return message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
}
