/**
 * Takes hidden elements out of a list answer by cutting their bytes: unknown members, the order of keys and the spelling of
 * numbers of all that stays are those of the server. An answer that could be read in two ways does not pass.
 */
import { PortcullisError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import {
  locate,
  locateElements,
  parseStrict,
  rewriteMember,
  type ByteSpan,
  type Era,
} from '../wire/index.ts';

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
  const spans = locateElements(bytes, ['result', member]);
  if (spans === undefined) throw unreadable(`a list answer without ${member}`);
  const elements: ListElement[] = [];
  const kept: ByteSpan[] = [];
  for (const span of spans) {
    const part = bytes.subarray(span.start, span.end);
    const value = elementOf(part);
    if (value === undefined || typeof value[NAME[member]] !== 'string') continue;
    elements.push({ value, text: part.toString() });
    if (keep(value)) kept.push(span);
  }
  const hidden = spans.length - kept.length;
  const shown = hidden === 0 ? bytes : withElements(bytes, spans, kept);
  return {
    bytes: era === 'modern' ? asPrivate(shown) : shown,
    hidden,
    elements,
    more: locate(bytes, ['result', 'nextCursor']) !== undefined,
  };
}

function elementOf(bytes: Buffer): JsonObject | undefined {
  try {
    // Names that differ in case only are legal in a server's schema; names that stand twice are not.
    const { value } = parseStrict(bytes, { maxDepth: 256, caseSensitiveAt: [] });
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch (cause) {
    throw new PortcullisError(
      'PC_UPSTREAM_PROTOCOL',
      { server: '', detail: 'a list element that could be read in two ways' },
      { cause },
    );
  }
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

/** A list that was filtered for one caller must not be served to another from a cache (MCP 2026-07-28, caching). */
function asPrivate(bytes: Buffer): Buffer {
  const scope = locate(bytes, ['result', 'cacheScope']);
  if (scope === undefined) {
    if (locate(bytes, ['result', 'ttlMs']) === undefined) return bytes;
    const result = locate(bytes, ['result'])!;
    return Buffer.concat([
      bytes.subarray(0, result.start + 1),
      Buffer.from('"cacheScope":"private",'),
      bytes.subarray(result.start + 1),
    ]);
  }
  return bytes.toString('utf8', scope.start, scope.end) === '"private"'
    ? bytes
    : rewriteMember(bytes, ['result', 'cacheScope'], '"private"');
}

function unreadable(detail: string): PortcullisError {
  return new PortcullisError('PC_UPSTREAM_PROTOCOL', { server: '', detail });
}
