/** Where a value stands in a message. */
import { Skimmer } from './skim.ts';

export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/** The value at a path of member names; undefined when there is none, or when a name on the path stands twice. */
export function locate(bytes: Buffer, path: readonly string[]): ByteSpan | undefined {
  let span: ByteSpan = { start: 0, end: bytes.length };
  for (const name of path) {
    const next = memberOf(bytes, span.start, name);
    if (next === undefined) return undefined;
    span = next;
  }
  return span;
}

function memberOf(bytes: Buffer, start: number, wanted: string): ByteSpan | undefined {
  const skimmer = new Skimmer(bytes, start);
  skimmer.space();
  if (skimmer.peek() !== 0x7b) return undefined;
  const found: ByteSpan[] = [];
  skimmer.members((name) => {
    if (name === wanted) found.push(skimmer.skip());
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The elements of the array at a path; undefined when there is no array. */
export function locateElements(bytes: Buffer, path: readonly string[]): readonly ByteSpan[] | undefined {
  const array = locate(bytes, path);
  if (array === undefined || bytes[array.start] !== 0x5b) return undefined;
  const spans: ByteSpan[] = [];
  const skimmer = new Skimmer(bytes, array.start);
  skimmer.elements(() => spans.push(skimmer.skip()));
  return spans;
}
