/** The smallest input with the same finding: pieces are taken away, from halves down to single bytes, while it stays. */
export function minimise(input: Buffer, still: (candidate: Buffer) => boolean): Buffer {
  let smallest = input;
  for (let size = Math.ceil(smallest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length;) {
      const candidate = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)]);
      if (still(candidate)) smallest = candidate;
      else at += size;
    }
  }
  return smallest;
}
