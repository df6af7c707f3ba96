/**
 * Fingerprints of arguments: whoever knows a value and asks the gateway can find the calls that carried it; the log alone tells nobody
 * what it was. A keyed digest, because the values of many arguments are few enough to try them all.
 */
import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { ExactNumber } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';

const MOST_ARGUMENTS = 32;
const DIGEST_CHARACTERS = 22;

/** HMAC-SHA-256 of the JSON text of each top-level argument (members of objects sorted), first 22 characters of base64url (132 bits). Arguments beyond the 32nd have none. */
export function argumentDigests(args: JsonObject, key: KeyObject): Record<string, string> {
  const names = Object.keys(args).slice(0, MOST_ARGUMENTS);
  return Object.fromEntries(names.map((name) => [name, argumentDigest(args[name] as Json, key)]));
}

/** The digest of one value: what a search for it compares. */
export function argumentDigest(value: Json, key: KeyObject): string {
  return createHmac('sha256', key).update(sortedText(value)).digest('base64url').slice(0, DIGEST_CHARACTERS);
}

function sortedText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof ExactNumber) return value.text;
  if (isList(value)) return `[${value.map(sortedText).join(',')}]`;
  const members = Object.keys(value).toSorted();
  return `{${members.map((name) => `${JSON.stringify(name)}:${sortedText(value[name] as Json)}`).join(',')}}`;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
