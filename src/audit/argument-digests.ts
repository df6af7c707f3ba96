/**
 * Fingerprints of arguments: whoever knows a value and asks the gateway can find the calls that carried it; the log alone tells nobody
 * what it was. A keyed digest, because the values of many arguments are few enough to try them all.
 */
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import { createHmacSha256 } from './hmac-sha256.ts';
import { quoted } from './quoted.ts';

export const MOST_ARGUMENTS = 32;
const DIGEST_CHARACTERS = 22;
/** Short values come again and again: a path, a flag, a project. Their digests are kept for a while. */
const SHORT = 128;
const MOST_KEPT = 4_096;
/** What JSON writes in another way than it is: a string without any of it is its own JSON text, between quotation marks. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** The digest of one value: what a search for it compares. `text` is its `canonicalJson` in UTF-8, for those who have it. */
export type ArgumentDigest = (value: Json, text?: Uint8Array) => string;

/** HMAC-SHA-256 (RFC 2104) of the JSON text of a value (members of objects sorted), first 22 characters of base64url (132 bits). */
export function createArgumentDigest(key: Buffer): ArgumentDigest {
  const hmac = createHmacSha256(key);
  const short = (text: string | Uint8Array, quotes = false): string =>
    hmac(text, quotes).slice(0, DIGEST_CHARACTERS);
  const ofTexts = kept((text) => short(text));
  const ofStrings = kept((value) =>
    ESCAPED.test(value) ? short(JSON.stringify(value)) : short(value, true),
  );
  return (value, written) => {
    if (written !== undefined && written.length > SHORT) return short(written);
    return typeof value === 'string' ? ofStrings(value) : ofTexts(canonicalJson(value));
  };
}

/** The same function; what it gave for short texts is remembered for a while. */
function kept(digest: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    if (text.length > SHORT) return digest(text);
    let result = known.get(text);
    if (result !== undefined) return result;
    result = digest(text);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(text, result);
    return result;
  };
}

/**
 * What a record says of the arguments of a call, as members of a JSON object without its braces: `argumentKeys`, the names in
 * order, and `argumentDigests`, the digest of each top-level argument. Arguments beyond the 32nd have none.
 * @param written `canonicalJson` in UTF-8 of those arguments of which the caller has it
 */
export function argumentsText(
  args: JsonObject,
  digest: ArgumentDigest,
  written?: ReadonlyMap<string, Uint8Array>,
): string {
  const names = Object.keys(args);
  let digests = '';
  for (let place = 0; place < names.length && place < MOST_ARGUMENTS; place += 1) {
    const name = names[place]!;
    const value = digest(args[name] as Json, written?.get(name));
    digests += `${place === 0 ? '' : ','}${quoted(name)}:"${value}"`;
  }
  let keys = '';
  for (const name of inOrder(names)) keys += `${keys === '' ? '' : ','}${quoted(name)}`;
  return `"argumentKeys":[${keys}],"argumentDigests":{${digests}}`;
}

/** By UTF-16 code units; a handful, as most calls have, in place. */
function inOrder(names: string[]): string[] {
  if (names.length > MOST_ARGUMENTS) return names.toSorted();
  for (let place = 1; place < names.length; place += 1) {
    const name = names[place]!;
    let before = place - 1;
    for (; before >= 0 && names[before]! > name; before -= 1) names[before + 1] = names[before]!;
    names[before + 1] = name;
  }
  return names;
}
