import { randomUUID } from 'node:crypto';

let lastMs = -1;
let lastPrefix = '';

/**
 * A UUID version 7 (RFC 9562, section 5.7): ordered by the millisecond it was made in.
 * @param now ms since the epoch
 * @param random gives version 4 UUIDs, of which the random bits are taken
 */
export function newId(now: number, random: () => string = randomUUID): string {
  if (now !== lastMs) {
    const hex = now.toString(16).padStart(12, '0');
    lastPrefix = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7`;
    lastMs = now;
  }
  return lastPrefix + random().slice(15);
}
