import { hkdfSync } from 'node:crypto';

/**
 * A key for one purpose, 32 bytes (HKDF, RFC 5869).
 * @param from the installation's derivation key, which outlives rotations of the master key
 */
export function derivedKey(from: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', from, '', purpose, 32));
}
