interface Span {
  readonly from: number;
  readonly to: number;
}

/** A text cut where marks begin and end; marks that overlap become one, an empty one covers the character before it. */
export function markedParts(
  text: string,
  spans: readonly Span[],
): readonly { readonly text: string; readonly marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = [];
  let at = 0;
  const upTo = (end: number, marked: boolean): void => {
    if (end > at) parts.push({ text: text.slice(at, end), marked });
    at = Math.max(at, end);
  };
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    upTo(Math.min(to > from ? from : from - 1, text.length), false);
    upTo(Math.min(to, text.length), true);
  }
  upTo(text.length, false);
  return parts;
}
