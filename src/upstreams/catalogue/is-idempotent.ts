/**
 * Whether a tool's own word is taken that repeating a call changes nothing more. The server says it, and nobody checks it: it is
 * believed of what only writes, and of nothing that runs code, destroys or pays, whatever a hint says.
 */
import { isObject, type JsonObject } from '../../json.ts';
import type { ToolClass } from '../../policy/index.ts';

export function isIdempotent({ annotations }: JsonObject, classes: readonly ToolClass[]): boolean {
  if (!isObject(annotations) || !classes.every((one) => one === 'Read' || one === 'Write')) return false;
  return annotations.idempotentHint === true && annotations.destructiveHint !== true;
}
