/** A list that was filtered for one caller must not be served to another from a cache (MCP 2026-07-28, caching). */
import type { ClearMembers } from './clear-members.ts';

const PRIVATE = Buffer.from('"private"');
const INSERTED = Buffer.from('"cacheScope":"private",');

/**
 * The answer with `cacheScope` "private". Without that member it is inserted, provided that the result says by `resultType` or
 * `ttlMs` that it is of the modern era.
 * @param result the result, which has at least one member
 */
export function asPrivate(bytes: Buffer, { start, members }: ClearMembers): Buffer {
  const scope = members.get('cacheScope');
  if (scope === undefined) {
    const isModern = members.has('resultType') || members.has('ttlMs');
    return isModern ? spliced(bytes, start + 1, start + 1, INSERTED) : bytes;
  }
  return bytes.subarray(scope.start, scope.end).equals(PRIVATE)
    ? bytes
    : spliced(bytes, scope.start, scope.end, PRIVATE);
}

function spliced(bytes: Buffer, start: number, end: number, inserted: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(end)]);
}
