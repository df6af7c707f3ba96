/** `find`: its primaries run commands, delete and write. */
import type { ShellText } from './shell-text.ts';
import { writeProblem } from './check-effects.ts';
import { expands, staticText, type Word } from './syntax.ts';

const VALUED =
  /^-(?:i?name|i?path|i?regex|regextype|type|size|[amc](?:time|min)|newer.*|maxdepth|mindepth|perm|user|group|uid|gid|printf|links|inum|samefile|lname|wholename|iwholename|fstype)$/;
const PLAIN =
  /^(?:[!(),]|-(?:a|o|and|or|not|print|print0|prune|quit|empty|readable|writable|executable|depth|d|xdev|mount|follow|daystart|true|false|ls|H|L|P|nouser|nogroup|noleaf|warn|nowarn|ignore_readdir_race|O\d))$/;

/** @param run judges a command that find is told to run */
export function checkFind(
  text: ShellText,
  args: readonly Word[],
  run: (words: readonly Word[]) => void,
): void {
  const { report } = text;
  let inExpression = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    const known = text.variables.text(arg);
    const literal = staticText(arg);
    if (literal !== undefined && /^-(?:exec|execdir|ok|okdir)$/.test(literal)) {
      const rest = args.slice(at + 1);
      const end = rest.findIndex((word) => [';', '+'].includes(staticText(word) ?? ''));
      if (end === -1) return report.add(arg.from, arg.to, `${literal} does not end`);
      run(rest.slice(0, end));
      at += end + 1;
    } else if (known === '-delete') {
      if (!text.commands.has('rm'))
        report.add(arg.from, arg.to, 'find -delete removes files, and rm is not permitted');
    } else if (known !== undefined && /^-f(?:print0?|printf|ls)$/.test(known)) {
      const file = args[(at += 1)];
      const problem = writeProblem(text, file && text.variables.text(file));
      if (problem !== undefined) report.add(arg.from, arg.to, problem);
    } else if (known !== undefined && VALUED.test(known)) {
      const value = args[(at += 1)];
      if (value !== undefined && !isOneWord(value))
        report.add(value.from, value.to, 'an unquoted variable may become more than one argument of find');
      inExpression = true;
    } else if (known !== undefined && PLAIN.test(known)) inExpression = true;
    else if (known !== undefined && known.startsWith('-'))
      report.add(arg.from, arg.to, `find ${known} is not permitted`);
    else if (known === undefined && (inExpression || !isOneWord(arg) || mayBeOption(text, arg)))
      report.add(arg.from, arg.to, 'an argument of find that is chosen at run time');
  }
}

/** Not split into several by the shell. */
function isOneWord(word: Word): boolean {
  return (
    word.parts.every((part) => part.kind === 'text' || part.kind === 'arithmetic' || part.quoted) &&
    (!expands(word) || staticText(word) !== undefined)
  );
}

function mayBeOption(text: ShellText, word: Word): boolean {
  const [first] = word.parts;
  if (first?.kind === 'text') return first.text.startsWith('-');
  if (first?.kind !== 'variable') return true;
  return text.variables.values(first.name).some((value) => {
    const start = value?.parts[0];
    if (value === undefined || (start?.kind === 'variable' && /^\d+$/.test(start.name))) return false;
    return start?.kind !== 'text' || start.text.startsWith('-');
  });
}
