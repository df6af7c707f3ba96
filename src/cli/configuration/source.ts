/** The text of a configuration file as plain values, and where in the text each of them stands. */
import {
  isMap,
  isNode,
  isPair,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type ParsedNode,
} from 'yaml';
import type { Problem } from '../../errors.ts';
import { plainlyWritten } from '../../json.ts';
import type { Place } from './types.ts';

export interface Source {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly place: (pointer: string) => Place;
}

/** Reads YAML 1.2, and so JSON too. Names may not stand twice. Never throws. */
export function readSource(text: string): Source {
  const plain = plainlyWritten(text);
  if (plain === undefined) return readYaml(text);
  return { value: plain.value, problems: [], place: (pointer) => readYaml(text).place(pointer) };
}

function readYaml(text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    uniqueKeys: true,
    prettyErrors: false,
  });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    pointer: '',
    message: error.code === 'MULTIPLE_DOCS' ? 'expected one document, not several' : firstLine(error.message),
    ...at(error.pos[0]),
  }));
  const place = (pointer: string): Place => {
    const offset = offsetOf(document, pointer);
    return offset === undefined ? {} : at(offset);
  };
  if (problems.length > 0) return { value: undefined, problems, place };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), problems, place };
  } catch (error) {
    return {
      value: undefined,
      problems: [{ pointer: '', message: firstLine(String((error as Error).message)) }],
      place,
    };
  }
}

/** The nearest thing to the pointer that is in the text: a missing member stands where its owner does. */
function offsetOf(document: Document<ParsedNode>, pointer: string): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isNode(key) && String(key) === name);
      if (!isPair(pair)) break;
      offset = isNode(pair.key) ? pair.key.range?.[0] : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(name)];
      if (isNode(node)) offset = node.range?.[0];
    } else {
      break;
    }
  }
  return offset;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
