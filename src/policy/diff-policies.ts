/** What changed between two canonical documents, member by member. Pure. */
import { isObject } from '../json.ts';
import type { PolicyDocument } from './document.ts';
import { into } from './shape.ts';

export interface PolicyChange {
  /** JSON Pointer (RFC 6901); into the new document, or into the old one for what was removed. */
  readonly pointer: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: unknown;
  readonly after?: unknown;
}

export function diffPolicies(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
  return changes('', before, after);
}

function changes(pointer: string, before: unknown, after: unknown): PolicyChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (before === undefined) return [{ pointer, kind: 'added', after }];
  if (after === undefined) return [{ pointer, kind: 'removed', before }];
  if (!isObject(before) || !isObject(after)) return [{ pointer, kind: 'changed', before, after }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => changes(into(pointer, name), before[name], after[name]));
}
