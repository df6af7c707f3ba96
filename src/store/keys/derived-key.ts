import { hkdfSync } from 'node:crypto';

/** A key for one purpose, 32 bytes, derived from the master key (HKDF, RFC 5869). */
export function derivedKey(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', purpose, 32));
}
