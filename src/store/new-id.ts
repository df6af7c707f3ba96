/**
 * A UUID version 7 (RFC 9562, section 5.7): ordered by the millisecond it was made in.
 * @param now ms since the epoch
 * @param random gives as many random bytes as it is asked for
 */
export function newId(now: number, random: (bytes: number) => Uint8Array): string {
  const id = Buffer.alloc(16);
  id.set(random(10), 6);
  id.writeUIntBE(now, 0, 6);
  id.writeUInt8(0x70 | (id.readUInt8(6) & 0x0f), 6);
  id.writeUInt8(0x80 | (id.readUInt8(8) & 0x3f), 8);
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
