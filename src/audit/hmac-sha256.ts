/** HMAC-SHA-256 from two one-shot digests: a third of what a Hmac object costs for a short text. */
import { hash } from 'node:crypto';

const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;
/** Texts up to this many bytes are digested in a buffer that is used again. */
const SCRATCH = 4_096;

/** RFC 2104 with SHA-256; base64url. @param key at most 64 bytes */
export function createHmacSha256(key: Buffer): (text: string) => string {
  if (key.length > BLOCK) throw new RangeError(`an HMAC key of at most ${BLOCK} bytes is expected`);
  const scratch = Buffer.alloc(BLOCK + SCRATCH);
  const outer = Buffer.alloc(BLOCK + 32);
  for (let index = 0; index < BLOCK; index += 1) {
    scratch[index] = (key[index] ?? 0) ^ INNER;
    outer[index] = (key[index] ?? 0) ^ OUTER;
  }
  return (text) => {
    const inner =
      text.length * 3 <= SCRATCH
        ? scratch.subarray(0, BLOCK + scratch.write(text, BLOCK))
        : Buffer.concat([scratch.subarray(0, BLOCK), Buffer.from(text)]);
    outer.set(hash('sha256', inner, 'buffer'), BLOCK);
    return hash('sha256', outer, 'base64url');
  };
}
