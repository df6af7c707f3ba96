/** The strings of a JSON text, one after another. */
import type { ByteSpan } from './locate.ts';
import { Skimmer } from './skim.ts';

export interface VisitedString extends ByteSpan {
  /** What it says, escapes resolved. */
  readonly text: string;
  /** The name of the member that it is the value of; undefined inside arrays. */
  readonly member: string | undefined;
}

/**
 * Calls `visit` for every string in `span` that is not a member's name, in order. Offsets include the quotes.
 * @param span a value, as `locate` finds it
 * @throws SyntaxError when a string is not JSON
 */
export function visitStrings(bytes: Buffer, span: ByteSpan, visit: (found: VisitedString) => void): void {
  const skimmer = new Skimmer(bytes, span.start);
  let name: string | undefined;
  let valueAt = -1;
  for (;;) {
    const start = bytes.indexOf(0x22, skimmer.at);
    if (start === -1 || start >= span.end) return;
    skimmer.at = start;
    const text = skimmer.string();
    const end = skimmer.at;
    skimmer.space();
    if (skimmer.peek() === 0x3a) {
      skimmer.at += 1;
      skimmer.space();
      name = text;
      valueAt = skimmer.at;
    } else visit({ start, end, text, member: start === valueAt ? name : undefined });
  }
}
