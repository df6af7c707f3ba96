/** Where a value stands in a message. */
import { Skimmer } from './skim.ts';

export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

export interface MemberSpan extends ByteSpan {
  readonly name: string;
}

/** The value at a path of member names; undefined when there is none, or when a name on the path stands twice. */
export function locate(bytes: Buffer, path: readonly string[]): ByteSpan | undefined {
  let span: ByteSpan = { start: 0, end: bytes.length };
  for (const name of path) {
    const found = locateMembers(bytes, span.start)?.filter((member) => member.name === name);
    if (found?.length !== 1) return undefined;
    span = found[0]!;
  }
  return span;
}

/** The members of the object that starts at `start`, repeated names too; undefined when there is no object. @throws SyntaxError */
export function locateMembers(bytes: Buffer, start = 0): readonly MemberSpan[] | undefined {
  const skimmer = new Skimmer(bytes, start);
  skimmer.space();
  if (skimmer.peek() !== 0x7b) return undefined;
  const members: MemberSpan[] = [];
  skimmer.members((name) => {
    const span = skimmer.skip();
    members.push({ name, start: span.start, end: span.end });
  });
  return members;
}

/** The elements of the array at a path; undefined when there is no array. */
export function locateElements(bytes: Buffer, path: readonly string[]): readonly ByteSpan[] | undefined {
  const array = locate(bytes, path);
  if (array === undefined || bytes[array.start] !== 0x5b) return undefined;
  return elementsAt(bytes, array.start);
}

/** The elements of the array that starts at `start`. @throws SyntaxError when there is none */
export function elementsAt(bytes: Buffer, start: number): readonly ByteSpan[] {
  const spans: ByteSpan[] = [];
  const skimmer = new Skimmer(bytes, start);
  skimmer.elements(() => spans.push(skimmer.skip()));
  return spans;
}
