/**
 * The texts of a definition that a model or a person reads, each with its place. Bounded: what a hostile definition holds
 * beyond the bounds is not read, and `cut` says so.
 */
import { ExactNumber, type Json, type JsonObject } from '../../json.ts';

export type SubjectKind = 'server' | 'tool' | 'prompt' | 'resource';

export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
}

export interface ScanText {
  readonly subject: Subject;
  /** `name`, `description`, `inputSchema.properties.path.description`, … */
  readonly place: string;
  readonly text: string;
  /** A name: of the subject, or of a parameter. */
  readonly isName: boolean;
}

export interface ReadTexts {
  readonly texts: readonly ScanText[];
  /** Characters of all texts, those beyond the bounds included as far as they were counted. */
  readonly length: number;
  readonly cut: boolean;
}

const LONGEST_TEXT = 200_000;
const MOST_TEXTS = 4000;
const DEEPEST = 48;
/** Pictures and addresses of pictures. */
const SKIPPED = new Set(['icons', '$schema', '$id', '$ref']);

export function readTexts(subject: Subject, definition: Json): ReadTexts {
  const texts: ScanText[] = [];
  let length = 0;
  let cut = false;
  const add = (place: string, text: string, isName: boolean): void => {
    length += text.length;
    if (texts.length >= MOST_TEXTS) cut = true;
    else {
      cut ||= text.length > LONGEST_TEXT;
      texts.push({ subject, place, text: text.slice(0, LONGEST_TEXT), isName });
    }
  };
  const visit = (value: Json, place: string, depth: number, isProperties: boolean): void => {
    if (typeof value === 'string') return add(place, value, place === 'name');
    if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return;
    if (depth >= DEEPEST || texts.length >= MOST_TEXTS) return void (cut = true);
    if (Array.isArray(value)) {
      for (const [index, element] of (value as readonly Json[]).entries())
        visit(element, `${place}[${index}]`, depth + 1, false);
      return;
    }
    for (const [key, member] of Object.entries(value as JsonObject)) {
      if (SKIPPED.has(key) && !isProperties) continue;
      const inner = place === '' ? clip(key) : `${place}.${clip(key)}`;
      // Whatever is not one of the format's own words was chosen by the author.
      if (isProperties || (depth > 0 && !KEYWORDS.has(key))) add(inner, key, true);
      visit(member, inner, depth + 1, !isProperties && (key === 'properties' || key === '$defs'));
    }
  };
  visit(definition, '', 0, false);
  return { texts, length, cut };
}

const KEYWORDS = new Set(
  `type properties required items description title default enum const anyOf oneOf allOf not format pattern
   minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems uniqueItems
   additionalProperties examples $defs definitions readOnlyHint destructiveHint idempotentHint openWorldHint
   patternProperties propertyNames minProperties maxProperties multipleOf nullable deprecated prefixItems`.split(
    /\s+/,
  ),
);

function clip(key: string): string {
  return key.length > 80 ? `${key.slice(0, 80)}…` : key;
}
