/**
 * A strict JSON reader (RFC 8259). What it accepts, every conforming parser reads alike: no duplicate names, no names that
 * differ only in case, no half surrogates, bounded depth. One pass checks and builds the values; nothing is read twice.
 */
import type { Json } from '../../json.ts';
import { decodeText } from './decode-text.ts';
import type { Span } from './outline.ts';
import { StrictReader } from './strict-reader.ts';

export interface StrictOptions {
  /** Levels of nesting; default 64. */
  readonly maxDepth?: number;
  /** Path of the sub-tree in which names may differ in case only; in a batch, the path inside each message. `[]`: everywhere. */
  readonly caseSensitiveAt?: readonly string[];
}

export interface StrictDocument {
  readonly value: Json;
  /** The text of a member's value in the outermost object, exactly as spelled. */
  spelling(name: string): string | undefined;
  /** Byte offsets of the values of the outermost object's members, or of the outermost array's elements, in order. */
  spans(): readonly Span[];
}

const DEFAULT_DEPTH = 64;

/** @throws PC_BODY_ENCODING, PC_JSON_SYNTAX, PC_JSON_DUPLICATE_KEY, PC_JSON_CASE_COLLISION, PC_JSON_DEPTH, PC_JSON_LONE_SURROGATE */
export function parseStrict(bytes: Buffer, options: StrictOptions = {}): StrictDocument {
  const { text, ascii } = decodeText(bytes);
  const reader = new StrictReader(text, ascii, options.maxDepth ?? DEFAULT_DEPTH, options.caseSensitiveAt);
  const value = reader.document();
  const { outline } = reader;
  return { value, spelling: (name) => outline.spelling(name), spans: () => outline.spans() };
}
