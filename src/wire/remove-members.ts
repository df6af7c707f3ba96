/** Takes members out of an object inside a message; what stays keeps its bytes. */
import { locate, locateMembers } from './locate.ts';

/** @throws RangeError when there is no object at `path` */
export function removeMembers(bytes: Buffer, path: readonly string[], names: readonly string[]): Buffer {
  const span = locate(bytes, path);
  const members = span === undefined ? undefined : locateMembers(bytes, span.start);
  if (span === undefined || members === undefined) throw new RangeError(`no object at ${path.join('.')}`);
  const kept = members
    .filter(({ name }) => !names.includes(name))
    .map(({ name, start, end }) => `${JSON.stringify(name)}:${bytes.toString('utf8', start, end)}`);
  return Buffer.concat([
    bytes.subarray(0, span.start),
    Buffer.from(`{${kept.join(',')}}`),
    bytes.subarray(span.end),
  ]);
}
