/** Pairs whose keys are one insertion, removal, replacement or swap apart; found through common deletions, not by comparing all. */
export function neighbours<T>(values: readonly T[], keyOf: (value: T) => string): [T, T][] {
  const byKey = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    byKey.set(key, [...(byKey.get(key) ?? []), value].slice(0, MOST_OF_ONE));
  }
  const byDeletion = new Map<string, string[]>();
  const pairs: [T, T][] = [];
  const paired = new Set<string>();
  for (const key of byKey.keys()) {
    for (const deletion of deletions(key)) {
      const others = byDeletion.get(deletion);
      if (others === undefined) byDeletion.set(deletion, [key]);
      else if (others.length < MOST_OF_ONE) {
        for (const other of others) {
          if (paired.has(`${other}\n${key}`) || !oneApart(key, other)) continue;
          paired.add(`${other}\n${key}`);
          for (const one of byKey.get(key)!) for (const two of byKey.get(other)!) pairs.push([one, two]);
        }
        others.push(key);
      }
    }
  }
  return pairs;
}

/** Hostile lists of ten thousand near names must not make a hundred million pairs. */
const MOST_OF_ONE = 20;

function deletions(key: string): Set<string> {
  const found = new Set([key]);
  for (let at = 0; at < key.length; at += 1) found.add(key.slice(0, at) + key.slice(at + 1));
  return found;
}

function oneApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  const swapped = short[start] === long[start + 1] && short[start + 1] === long[start];
  return (
    short.slice(start + 1) === long.slice(start + 1) ||
    (swapped && short.slice(start + 2) === long.slice(start + 2))
  );
}
