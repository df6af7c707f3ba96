/** The known word that a mistyped one is nearest to, if any is near: at most a third of it may differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  const ranked = known
    .map((one) => ({ one, distance: distance(word.toLowerCase(), one.toLowerCase()) }))
    .filter((candidate) => candidate.distance <= most)
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.one;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function distance(from: string, to: string): number {
  let older: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = row[j]! + (from[i] === to[j] ? 0 : 1);
      const swapped =
        i > 0 && j > 0 && from[i] === to[j - 1] && from[i - 1] === to[j] ? older[j - 1]! + 1 : replaced;
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, replaced, swapped));
    }
    older = row;
    row = next;
  }
  return row[to.length]!;
}
