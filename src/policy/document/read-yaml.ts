/**
 * The part of YAML 1.2 that means the same as JSON. Aliases, anchors, merge keys, tags, further documents and values that
 * JSON does not have are refused: what a reader sees must be what is enforced.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair, type Scalar } from 'yaml';
import type { Problem } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { MOST_LEVELS, numberTrouble } from './bounds.ts';
import { Places } from './places.ts';
import { pointerTo } from './pointer.ts';
import type { Read } from './read-text.ts';

const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

export function readYaml(text: string): Read {
  const reader = new YamlReader(text);
  const value = reader.document(text);
  return { value, places: reader.places, problems: reader.problems };
}

class YamlReader {
  readonly places: Places;
  readonly problems: Problem[] = [];

  constructor(text: string) {
    this.places = new Places(text);
  }

  document(text: string): Json | undefined {
    try {
      const parsed = parseDocument(text, {
        version: '1.2',
        schema: 'core',
        merge: false,
        uniqueKeys: false,
        prettyErrors: false,
        stringKeys: false,
        lineCounter: new LineCounter(),
      });
      for (const { code, message, pos } of [...parsed.errors, ...parsed.warnings]) {
        this.problems.push(this.places.problemAt('', code === 'MULTIPLE_DOCS' ? 'Expected one YAML document.' : `Expected YAML: ${message}.`, pos[0]));
      }
      if (this.problems.length > 0) return undefined;
      return this.#value(parsed.contents, '', 1, 0);
    } catch (error) {
      // The library descends recursively; a text made of brackets only ends its stack.
      if (!(error instanceof RangeError)) throw error;
      this.#refuse('', `Expected at most ${MOST_LEVELS} levels of nesting.`, 0);
      return undefined;
    }
  }

  #value(node: Node | null | undefined, pointer: string, level: number, at: number): Json {
    const offset = node?.range?.[0] ?? at;
    this.places.addValue(pointer, offset);
    if (level > MOST_LEVELS) return this.#refuse(pointer, `Expected at most ${MOST_LEVELS} levels of nesting.`, offset);
    if (node === null || node === undefined) return null;
    if (isAlias(node)) return this.#refuse(pointer, 'Expected the value itself: aliases are not accepted.', offset);
    if ('anchor' in node && node.anchor !== undefined) return this.#refuse(pointer, 'Expected no anchor: anchors are not accepted.', offset);
    if (node.tag !== undefined) return this.#refuse(pointer, `Expected no tag, got ${node.tag}.`, offset);
    if (isMap(node)) return this.#map(node.items as Pair<Node, Node | null>[], pointer, level, offset);
    if (isSeq(node)) return node.items.map((item, index) => this.#value(item as Node | null, pointerTo(pointer, index), level + 1, offset));
    return isScalar(node) ? this.#scalar(node, pointer, offset) : this.#refuse(pointer, 'Expected a JSON value.', offset);
  }

  #map(pairs: readonly Pair<Node, Node | null>[], pointer: string, level: number, at: number): Json {
    const members = new Map<string, Json>();
    for (const { key, value } of pairs) {
      const offset = key.range?.[0] ?? at;
      if (!isScalar(key) || typeof key.value !== 'string' || key.tag !== undefined || key.anchor !== undefined) {
        this.#refuse(pointer, 'Expected a plain string as member name; put quotes around it.', offset);
        continue;
      }
      const own = pointerTo(pointer, key.value);
      if (key.value === '<<') this.#refuse(own, 'Expected no merge key: "<<" is not accepted.', offset);
      if (members.has(key.value)) this.#refuse(own, `The member ${JSON.stringify(key.value)} stands twice in one object.`, offset);
      this.places.addKey(own, offset);
      members.set(key.value, this.#value(value, own, level + 1, offset));
    }
    return Object.fromEntries(members);
  }

  #scalar({ value, source, range }: Scalar, pointer: string, at: number): Json {
    const offset = range?.[0] ?? at;
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return value.isWellFormed() ? value : this.#refuse(pointer, 'Expected whole characters, got half of a surrogate pair.', offset);
    if (typeof value !== 'number') return this.#refuse(pointer, 'Expected a JSON value.', offset);
    const text = source ?? String(value);
    const trouble = JSON_NUMBER.test(text) ? numberTrouble(value, text) : `Expected a JSON number, got ${text.slice(0, 40)}; put quotes around it if it is text.`;
    return trouble === undefined ? value : this.#refuse(pointer, trouble, offset, 0);
  }

  #refuse(pointer: string, message: string, offset: number, instead: Json = null): Json {
    this.problems.push(this.places.problemAt(pointer, message, offset));
    return instead;
  }
}
