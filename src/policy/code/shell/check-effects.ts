/** What a command changes beside running: files by redirection, variables, and values that arithmetic evaluates. */
import type { ShellText } from './shell-text.ts';
import { STEERING } from './names.ts';
import { MADE_HERE } from './variables.ts';
import {
  behindBuiltin,
  expands,
  leadingText,
  staticText,
  type Redirection,
  type Script,
  type Simple,
  type Word,
} from './syntax.ts';

const ALWAYS = new Set(['/dev/null', '/dev/stdout', '/dev/stderr', '/dev/tty', '-']);

export function checkRedirection(text: ShellText, { operator, target }: Redirection): void {
  const { report, variables } = text;
  if (operator === '<<<' || operator.startsWith('<<')) return;
  if (
    target.parts.some((part) => part.kind === 'substitution') &&
    text.source[target.from] !== '"' &&
    /^[<>]\(/.test(text.source.slice(target.from, target.from + 2))
  )
    return;
  const path = expands(target) ? undefined : variables.text(target);
  if (operator === '<&' || operator === '>&') {
    if (path !== undefined && /^(?:\d+-?|-)$/.test(path)) return;
    if (operator === '<&')
      return report.add(target.from, target.to, 'a descriptor that is chosen at run time');
  }
  if (operator === '<') {
    const reads = path ?? unseen(text, target);
    if (/\/dev\/|\/proc\//.test(reads) && !ALWAYS.has(reads) && reads !== '/dev/stdin')
      report.add(target.from, target.to, `${reads} may not be read this way`);
    return;
  }
  const problem = writeProblem(text, path);
  if (problem !== undefined) report.add(target.from, target.to, problem);
}

/** @param path undefined: chosen at run time @returns why it may not be written */
export function writeProblem(
  { mayWrite, movesAround }: ShellText,
  path: string | undefined,
): string | undefined {
  if (path === undefined) return 'where this writes is chosen at run time';
  if (ALWAYS.has(path)) return undefined;
  // A new file of its own, where the policy lets the text make one.
  if (path.startsWith(MADE_HERE) && !path.includes('..')) return undefined;
  if (movesAround && !path.startsWith('/'))
    return `${path} may lie anywhere once the text changes its folder`;
  return mayWrite(path) ? undefined : `writing ${path} is not permitted`;
}

/** Every text that a word with variables can be made of. */
function unseen({ variables }: ShellText, word: Word): string {
  return word.parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind !== 'variable') return '';
      return variables
        .values(part.name)
        .map((value) =>
          value === undefined ? '' : value.parts.map((one) => (one.kind === 'text' ? one.text : '')).join(''),
        )
        .join('');
    })
    .join('')
    .replace(/^(?=.*\bdev\b)/, '/dev/');
}

/** Assignments, also those that are made for one command or by a built-in. */
export function checkVariables({ report, script }: ShellText, { assignments, words: written }: Simple): void {
  const words = behindBuiltin(written);
  const command = words[0] === undefined ? undefined : staticText(words[0]);
  for (const { name, from, to } of assignments) {
    if (STEERING.test(name)) report.add(from, to, `${name} changes what commands do`);
    if (name === 'IFS' && command !== undefined && command !== 'read')
      report.add(from, to, 'IFS changes how words are split');
  }
  if (
    !/^(?:export|declare|typeset|local|readonly|read|mapfile|readarray|printf|getopts|unset|let)$/.test(
      command ?? '',
    )
  )
    return;
  if (/^(?:declare|typeset|local|readonly)$/.test(command!)) checkLists(report, script, words);
  for (const [place, word] of words.slice(1).entries()) {
    const text = word.parts[0]?.kind === 'text' ? leadingText(word) : undefined;
    if (command === 'printf') {
      if (text?.startsWith('-v') === true)
        report.add(word.from, word.to, 'printf -v sets a variable by name');
      break;
    }
    if (
      command === 'read' &&
      words[place]?.parts[0]?.kind === 'text' &&
      /^-[a-z]*[dinNptu]$/.test(staticText(words[place]!) ?? '') &&
      place > 0
    )
      continue;
    if (text === undefined)
      report.add(word.from, word.to, `${command} is given a name that is chosen at run time`);
    else if (STEERING.test(/^\w*/.exec(text)![0]))
      report.add(word.from, word.to, `${/^\w*/.exec(text)![0]} changes what commands do`);
    else if (/^(?:mapfile|readarray)$/.test(command!) && /^-[a-zA-Z]*C/.test(text))
      report.add(word.from, word.to, `${command} ${text} runs a text`);
    else if (
      command !== 'read' &&
      command !== 'mapfile' &&
      command !== 'readarray' &&
      /^-[a-zA-Z]*[nfiFp]/.test(text)
    )
      report.add(word.from, word.to, `${command} ${text} is not permitted`);
    else if (/[[`]/.test(text.split('=')[0]!))
      report.add(word.from, word.to, 'an element chosen by a text that is evaluated');
  }
}

/** `declare -a x='(…)'`: a list in quotes is read and expanded once more. */
function checkLists(report: ShellText['report'], { commands }: Script, words: readonly Word[]): void {
  const makesLists = words.some((word) => /^-[a-zA-Z]*[aA]/.test(leadingText(word)));
  for (const word of words.slice(1)) {
    const [, name, value] = /^(\w+)\+?=(.*)$/s.exec(leadingText(word)) ?? [];
    if (name === undefined || value === undefined) continue;
    const isList =
      makesLists ||
      commands.some(
        (one) =>
          one.assignments.some((given) => given.name === name && given.value === undefined) ||
          one.words.some((other) => other !== word && leadingText(other).replace(/=.*$/s, '') === name),
      );
    const seen = staticText(word) !== undefined || value !== '';
    if (/^\s*\(/.test(value) || (isList && !seen))
      report.add(word.from, word.to, 'a list in quotes is evaluated');
  }
}

/** Arithmetic evaluates the texts in its variables, commands in subscripts included: they must be numbers as far as the text tells. */
export function checkComputed({ script, variables, report }: ShellText): void {
  const numbers = new Map<string, boolean>();
  for (const { name, from, to } of script.computed) {
    let isNumber = numbers.get(name);
    if (isNumber === undefined) numbers.set(name, (isNumber = variables.values(name).every(staysNumber)));
    if (!isNumber) report.add(from, to, `arithmetic evaluates ${name}, which is not always a number`);
  }
}

/** As far as the text tells; what is read from elsewhere is not seen. */
function staysNumber(value: Word | undefined): boolean {
  if (value === undefined) return true;
  const plain = staticText(value);
  if (plain !== undefined) return /^(?:[+-]?\d+|0x[0-9a-fA-F]+|[A-Za-z_]\w*)?$/.test(plain);
  const evaluates = value.parts.some((part) => part.kind === 'text' && /[[\]$`]/.test(part.text));
  return !evaluates && !printsSubscript(value);
}

/** `x=$(echo 'a[$(id)]')` */
function printsSubscript(value: Word): boolean {
  return value.parts.some(
    (part) =>
      part.kind === 'substitution' &&
      part.commands.some(({ words }) => {
        if (!/^(?:echo|printf|cat|base64|tr|rev|xxd|sed)$/.test(staticText(words[0]!) ?? '')) return false;
        return words
          .slice(1)
          .some((word) =>
            word.parts.some((one) => one.kind === 'text' && one.inert && /\$|`|\\x/.test(one.text)),
          );
      }),
  );
}
