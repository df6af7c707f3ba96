/** Length in bytes once it is escaped: what a text costs on a page. */
export function escapedBytes(text: string): number {
  let bytes = Buffer.byteLength(text);
  for (const [sign] of text.matchAll(/["'&<>]/g))
    bytes += sign === '<' || sign === '>' ? 3 : sign === '&' ? 4 : 5;
  return bytes;
}

/** As many items from the front as fit, at least one. @param costOf bytes of an item */
export function withinBytes<Item>(
  items: readonly Item[],
  bytes: number,
  costOf: (item: Item) => number,
): readonly Item[] {
  let left = bytes;
  const end = items.findIndex((item, index) => {
    left -= costOf(item);
    return left < 0 && index > 0;
  });
  return end === -1 ? items : items.slice(0, end);
}
