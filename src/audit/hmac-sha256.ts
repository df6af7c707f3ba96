/** HMAC-SHA-256; for a short text from two one-shot digests, a third of what a Hmac object costs. */
import { createHmac, hash } from 'node:crypto';

const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;
const QUOTE = 0x22;
/** Texts up to this many bytes are short: digested in a buffer that is used again. */
const SCRATCH = 4_096;

/**
 * RFC 2104 with SHA-256; base64url. With `quotes` the text stands between two quotation marks, which are digested, too.
 * @param key at most 64 bytes
 */
export function createHmacSha256(key: Buffer): (text: string | Uint8Array, quotes?: boolean) => string {
  if (key.length > BLOCK) throw new RangeError(`an HMAC key of at most ${BLOCK} bytes is expected`);
  const scratch = Buffer.alloc(BLOCK + SCRATCH);
  const outer = Buffer.alloc(BLOCK + 32);
  for (let index = 0; index < BLOCK; index += 1) {
    scratch[index] = (key[index] ?? 0) ^ INNER;
    outer[index] = (key[index] ?? 0) ^ OUTER;
  }
  return (text, quotes = false) => {
    if (typeof text !== 'string' || text.length * 3 + 2 > SCRATCH) {
      const hmac = createHmac('sha256', key);
      if (quotes) hmac.update('"').update(text).update('"');
      else hmac.update(text);
      return hmac.digest('base64url');
    }
    let end = BLOCK;
    if (quotes) scratch[end++] = QUOTE;
    end += scratch.write(text, end);
    if (quotes) scratch[end++] = QUOTE;
    outer.set(hash('sha256', scratch.subarray(0, end), 'buffer'), BLOCK);
    return hash('sha256', outer, 'base64url');
  };
}
