/** One text for one JSON value: members sorted, no spaces, numbers that doubles cannot hold as spelled. */
import { createHash } from 'node:crypto';
import { ExactNumber, type Json, type JsonObject } from '../../json.ts';

/** Canonical JSON; members are ordered by UTF-16 code units (as in RFC 8785). */
export function canonicalJson(value: Json): string {
  if (value instanceof ExactNumber) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  const object = value as JsonObject;
  const members = Object.keys(object)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key]!)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 of the canonical JSON, lower-case hex. */
export function definitionDigest(definition: JsonObject): string {
  return createHash('sha256').update(canonicalJson(definition)).digest('hex');
}
