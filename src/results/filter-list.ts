/**
 * Takes hidden elements out of a list answer by cutting their bytes: unknown members, the order of keys and the spelling of
 * numbers of all that stays are those of the server. An answer that could be read in two ways does not pass.
 */
import { objectOf, type JsonObject } from '../json.ts';
import { elementsAt, parseStrict, type ByteSpan, type Era } from '../wire/index.ts';
import { asPrivate } from './cache-scope.ts';
import { clearMembers, unreadable, variantsIn, type ClearMembers } from './clear-members.ts';

export type ListMember = 'tools' | 'resources' | 'resourceTemplates' | 'prompts' | 'tasks';

export interface ListElement {
  readonly value: JsonObject;
  /** Exactly as the server spelled it. */
  readonly text: string;
}

export interface FilteredList {
  /** The very same buffer when nothing had to change. */
  readonly bytes: Buffer;
  readonly hidden: number;
  /** All elements, hidden ones too. */
  readonly elements: readonly ListElement[];
  /** Whether another page follows. */
  readonly more: boolean;
}

/** What names an element; one without a name cannot be judged. */
const NAME: Readonly<Record<ListMember, string>> = {
  tools: 'name',
  prompts: 'name',
  resources: 'uri',
  resourceTemplates: 'uriTemplate',
  tasks: 'taskId',
};

/** @throws PC_UPSTREAM_PROTOCOL */
export function filterList(
  bytes: Buffer,
  member: ListMember,
  keep: (element: JsonObject) => boolean,
  era: Era,
): FilteredList {
  const result = resultOf(bytes, member);
  const spans = spansOf(bytes, result, member);
  const elements: ListElement[] = [];
  const kept: ByteSpan[] = [];
  for (const span of spans) {
    const part = bytes.subarray(span.start, span.end);
    const value = elementOf(part, NAME[member]);
    if (value === undefined) continue;
    elements.push({ value, text: part.toString() });
    if (keep(value)) kept.push(span);
  }
  const hidden = spans.length - kept.length;
  const shown = hidden === 0 ? bytes : withElements(bytes, spans, kept);
  // What was cut stands behind the scope or before it, so the scope is looked for again.
  const scoped = era === 'modern' ? asPrivate(shown, resultOf(shown, member)) : shown;
  return { bytes: scoped, hidden, elements, more: result.members.has('nextCursor') };
}

function resultOf(bytes: Buffer, member: ListMember): ClearMembers {
  const start = clearMembers(bytes, 0, ['result']).members.get('result')?.start;
  if (start === undefined) throw unreadable('a list answer without result');
  return clearMembers(bytes, start, [member, 'cacheScope', 'ttlMs', 'resultType', 'nextCursor']);
}

function spansOf(bytes: Buffer, result: ClearMembers, member: ListMember): readonly ByteSpan[] {
  const list = result.members.get(member);
  if (list === undefined || bytes[list.start] !== 0x5b) throw unreadable(`a list answer without ${member}`);
  try {
    return elementsAt(bytes, list.start);
  } catch (cause) {
    throw unreadable('a list that is not JSON', cause);
  }
}

/** undefined: not an object, or without a name. */
function elementOf(bytes: Buffer, name: string): JsonObject | undefined {
  let value;
  try {
    // Names that differ in case only are legal in a server's schema; names that stand twice are not.
    ({ value } = parseStrict(bytes, { maxDepth: 256, caseSensitiveAt: [] }));
  } catch (cause) {
    throw unreadable('a list element that could be read in two ways', cause);
  }
  const element = objectOf(value);
  if (element === undefined || !Object.hasOwn(element, name) || typeof element[name] !== 'string')
    return undefined;
  if (variantsIn(Object.keys(element), [name])) throw unreadable(`a list element with a second ${name}`);
  return element;
}

function withElements(bytes: Buffer, all: readonly ByteSpan[], kept: readonly ByteSpan[]): Buffer {
  const first = all[0]!;
  const last = all.at(-1)!;
  const parts: Buffer[] = [bytes.subarray(0, first.start)];
  for (const [index, span] of kept.entries()) {
    if (index > 0) parts.push(COMMA);
    parts.push(bytes.subarray(span.start, span.end));
  }
  parts.push(bytes.subarray(last.end));
  return Buffer.concat(parts);
}

const COMMA = Buffer.from(',');
