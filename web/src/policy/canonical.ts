/** Short spellings (`action`, `rate_limit`, bare conditions) as the rules that they stand for: what the builder shows is what holds. */
import type { JSONPath } from 'jsonc-parser';
import type { PolicyDocument } from '../../../src/policy/document.ts';
import { normalise } from '../../../src/policy/normalise.ts';
import { readDocument, setAt, valueAt } from './text-edits.ts';

const LISTS = ['require', 'deny_if', 'approve_if'] as const;

/** @param document one that can be drawn */
export function canonicalOf(document: PolicyDocument): PolicyDocument {
  return { ...document, ...normalise(document).document };
}

/** The text with the entry that `path` leads into written out, so that the path means what the builder shows. */
export function writtenOut(text: string, path: JSONPath): string {
  const entry = path[0] === 'tools' ? path.slice(0, 2) : path.slice(0, 1);
  const document = readDocument(text);
  if (document === undefined || !isShort(valueAt(text, entry))) return text;
  const { tools, all_tools: allTools } = canonicalOf(document);
  return setAt(text, entry, entry.length === 2 ? tools?.[String(entry[1])] : allTools);
}

function isShort(rules: unknown): boolean {
  if (typeof rules !== 'object' || rules === null) return false;
  return (
    'action' in rules ||
    'rate_limit' in rules ||
    LISTS.some((kind) => {
      const listed = (rules as Readonly<Record<string, unknown>>)[kind];
      return Array.isArray(listed) && listed.some((rule) => !('conditions' in rule));
    })
  );
}
