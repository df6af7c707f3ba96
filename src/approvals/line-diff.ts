/** Lines taken away and added between two texts. */

export interface DiffLine {
  readonly op: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Longer texts are shown as replaced: the table of common lines grows with the product of both. */
const MOST_LINES = 600;

export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length > MOST_LINES || now.length > MOST_LINES)
    return before === after
      ? now.map((text) => ({ op: 'same', text }))
      : [...lines('removed', old), ...lines('added', now)];
  const common = commonLengths(old, now);
  const diff: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      diff.push({ op: 'same', text: now[j]! });
      [i, j] = [i + 1, j + 1];
    } else if (common[i + 1]![j]! >= common[i]![j + 1]!) {
      diff.push({ op: 'removed', text: old[i++]! });
    } else {
      diff.push({ op: 'added', text: now[j++]! });
    }
  }
  return [...diff, ...lines('removed', old.slice(i)), ...lines('added', now.slice(j))];
}

/** `[i][j]`: the length of the longest common run of lines, gaps allowed, from there on. */
function commonLengths(old: readonly string[], now: readonly string[]): readonly Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      table[i]![j] =
        old[i] === now[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table;
}

function lines(op: DiffLine['op'], texts: readonly string[]): DiffLine[] {
  return texts.map((text) => ({ op, text }));
}
