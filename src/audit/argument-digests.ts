/**
 * Fingerprints of arguments: whoever knows a value and asks the gateway can find the calls that carried it; the log alone tells nobody
 * what it was. A keyed digest, because the values of many arguments are few enough to try them all.
 */
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import { createHmacSha256 } from './hmac-sha256.ts';

const MOST_ARGUMENTS = 32;
const DIGEST_CHARACTERS = 22;
/** Short values come again and again: a path, a flag, a project. Their digests are kept for a while. */
const SHORT = 128;
const MOST_KEPT = 4_096;

/** The digest of one value: what a search for it compares. `text` is its `canonicalJson` in UTF-8, for those who have it. */
export type ArgumentDigest = (value: Json, text?: Uint8Array) => string;

/** HMAC-SHA-256 (RFC 2104) of the JSON text of a value (members of objects sorted), first 22 characters of base64url (132 bits). */
export function createArgumentDigest(key: Buffer): ArgumentDigest {
  const hmac = createHmacSha256(key);
  const kept = new Map<string, string>();
  return (value, written) => {
    if (written !== undefined && written.length > SHORT) return hmac(written).slice(0, DIGEST_CHARACTERS);
    const text = canonicalJson(value);
    const known = text.length > SHORT ? undefined : kept.get(text);
    if (known !== undefined) return known;
    const digest = hmac(text).slice(0, DIGEST_CHARACTERS);
    if (text.length > SHORT) return digest;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, digest);
    return digest;
  };
}

/**
 * The digest of each top-level argument. Arguments beyond the 32nd have none.
 * @param written `canonicalJson` in UTF-8 of those arguments of which the caller has it
 */
export function argumentDigests(
  args: JsonObject,
  digest: ArgumentDigest,
  written?: ReadonlyMap<string, Uint8Array>,
): Record<string, string> {
  const digests: Record<string, string> = {};
  let count = 0;
  for (const name of Object.keys(args)) {
    if ((count += 1) > MOST_ARGUMENTS) break;
    const value = digest(args[name] as Json, written?.get(name));
    if (name === '__proto__') Object.defineProperty(digests, name, { value, enumerable: true });
    else digests[name] = value;
  }
  return digests;
}
