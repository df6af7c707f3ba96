/** The smallest single change from one text to another, so that cursor and folds stay; undefined when they are the same. */
export function changeBetween(
  from: string,
  to: string,
): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  if (from === to) return undefined;
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  return { from: start, to: from.length - end, insert: to.slice(start, to.length - end) };
}
