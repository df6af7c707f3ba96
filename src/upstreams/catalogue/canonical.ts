/** What a tool's definition says, in one digest: spelling and order of members do not matter. */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../../json.ts';

/** SHA-256 of the canonical JSON, lower-case hex. */
export function definitionDigest(definition: JsonObject): string {
  return createHash('sha256').update(canonicalJson(definition)).digest('hex');
}
