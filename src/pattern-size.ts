/**
 * How large a pattern gets when it is compiled: repetitions are written out, so nine characters can become a thousand steps and nine
 * hundred a million, which would keep a process busy for half a minute. Told from the text, before anything is compiled.
 */

const REPEAT = /\{(\d{1,4})(?:,(\d{0,4}))?\}/y;
const ESCAPE = /\\(?:[pPx]\{[^}]*\}|[\s\S]|$)/y;
const CLASS = /\[\^?\]?(?:\[:[^\]]*:\]|\\[\s\S]|[^\]\\])*\]?/y;

interface Group {
  steps: number;
  /** Of what stands last, which a repetition repeats. */
  last: number;
}

/** Steps of the compiled pattern, about, and rather too many: a character, a class or an operator is one. Never throws. */
export function patternSize(pattern: string): number {
  const groups: Group[] = [];
  let group: Group = { steps: 0, last: 0 };
  const add = (steps: number): void => {
    group.steps += steps;
    group.last = steps;
  };
  for (let index = 0; index < pattern.length;) {
    const letter = pattern[index]!;
    const length = lengthOf(pattern, index, letter);
    if (letter === '(') {
      groups.push(group);
      group = { steps: 2, last: 0 };
    } else if (letter === ')') {
      const { steps } = group;
      group = groups.pop() ?? { steps: 0, last: 0 };
      add(steps);
    } else if (letter === '{' && length > 1) {
      const more = (repetitions(pattern.slice(index, index + length)) - 1) * group.last;
      group.steps += more;
      group.last += more;
    } else if (letter === '*' || letter === '+' || letter === '?' || letter === '|') group.steps += 1;
    else add(1);
    index += length;
  }
  return [group, ...groups].reduce((sum, { steps }) => sum + steps, 0);
}

function lengthOf(pattern: string, index: number, letter: string): number {
  const shape = letter === '\\' ? ESCAPE : letter === '[' ? CLASS : letter === '{' ? REPEAT : undefined;
  if (shape === undefined) return 1;
  shape.lastIndex = index;
  return shape.exec(pattern)?.[0].length ?? 1;
}

function repetitions(text: string): number {
  const [least, most] = text.slice(1, -1).split(',').map(Number);
  return Math.max(1, least ?? 1, most ?? 1);
}
