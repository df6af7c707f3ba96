/** One command: its word, and what its arguments make it do. */
import { writeProblem } from './check-effects.ts';
import { checkFind } from './check-find.ts';
import {
  HARMLESS,
  HARMLESS_PROGRAMS,
  INTERPRETERS,
  NEVER,
  RUNNING_OPTIONS,
  LINE_MAKERS,
  OPEN_TO_OPTIONS,
  OTHER_SHELLS,
  RUNNING_LONG_OPTIONS,
  STEERING,
  WRAPPERS,
  type Wrapper,
} from './names.ts';
import { ShellParser } from './parse-shell.ts';
import { awkProblem } from './awk.ts';
import { sedProblem } from './sed.ts';
import {
  expands,
  leadingText,
  ShellSyntaxError,
  staticText,
  type Script,
  type Simple,
  type Word,
} from './syntax.ts';
import type { ShellText } from './shell-text.ts';

/** @param words the command and its arguments: the command's own, or those behind a wrapper */
export function checkCommand(
  text: ShellText,
  command: Simple,
  words: readonly Word[],
  external = false,
): void {
  const { report, commands } = text;
  const [word, ...args] = words;
  if (word === undefined) return;
  const name = expands(word) ? undefined : staticText(word);
  if (name === undefined)
    return report.add(word.from, word.to, 'which command runs here is chosen at run time');
  if (!external && text.isFunction(name, command)) return;
  if (NEVER.has(name)) return report.add(word.from, word.to, `${name} runs or changes what is not seen here`);
  const listed = commands.has(name);
  if (!listed && !(external ? HARMLESS_PROGRAMS : HARMLESS).has(name))
    return report.add(word.from, word.to, `the command ${name} is not permitted`);
  const plain = name.slice(name.lastIndexOf('/') + 1);
  if (plain === 'eval') return checkText(text, word, args);
  if (INTERPRETERS.has(plain)) return checkInterpreter(text, word, args);
  if (OTHER_SHELLS.has(plain))
    return report.add(word.from, word.to, `what ${name} is told is not read; sh and bash are`);
  if (plain === 'trap') return checkTrap(text, args);
  if (plain === 'find') return checkFind(text, args, (run) => checkCommand(text, command, run, true));
  if (Object.hasOwn(WRAPPERS, plain)) return checkWrapper(text, command, plain, word, args);
  checkArguments(text, plain, word, args);
}

function checkWrapper(
  text: ShellText,
  command: Simple,
  name: string,
  word: Word,
  args: readonly Word[],
): void {
  const { report } = text;
  const wrapper = WRAPPERS[name]!;
  let left = wrapper.words;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    const known = expands(arg) && !leadingText(arg).startsWith('-') ? undefined : staticText(arg);
    if (name === 'command' && /^-[pvV]*[vV][pvV]*$/.test(known ?? '')) return;
    if (known === undefined) {
      if (left-- > 0 && !mayBeOption(arg)) continue;
      return report.add(arg.from, arg.to, `what ${name} runs is chosen at run time`);
    }
    if (known === '--') continue;
    if (name === 'env' && /^(?:-S|--split-string|-[a-z]*S)/.test(known))
      return report.add(arg.from, arg.to, 'env -S runs a text');
    if (known.startsWith('-') && known !== '-') {
      const taken = wordsOfOption(wrapper, known);
      if (taken === undefined) return report.add(arg.from, arg.to, `${name} ${known} is not read`);
      at += taken;
      continue;
    }
    const set = name === 'env' || name === 'sudo' ? /^([A-Za-z_]\w*)=/.exec(known)?.[1] : undefined;
    if (set !== undefined) {
      if (STEERING.test(set)) report.add(arg.from, arg.to, `${set} changes what commands do`);
      continue;
    }
    if (left-- > 0) continue;
    const runsBuiltin = name === 'command' || name === 'builtin';
    const run = args.slice(at);
    if (LINE_MAKERS.has(name) && !run.every((one) => /^[\w./:=@%+,-]*$/.test(staticText(one) ?? ' ')))
      return report.add(arg.from, arg.to, `${name} has a shell read what it runs`);
    if (name === 'xargs' || name === 'parallel') checkUnseen(text, run);
    return checkCommand(text, command, run, !runsBuiltin);
  }
  if (name === 'xargs' || name === 'exec' || name === 'env' || runsNothing(name)) return;
  report.add(word.from, word.to, `${name} without a command that can be seen`);
}

/** How many words after it belong to an option; undefined for one that is not known. */
function wordsOfOption({ plain, valued, long }: Wrapper, option: string): number | undefined {
  if (option.startsWith('--')) return long?.has(option.replace(/=.*$/s, '=')) === true ? 0 : undefined;
  for (let at = 1; at < option.length; at += 1) {
    const letter = option[at]!;
    if (valued.includes(letter)) return at + 1 < option.length ? 0 : 1;
    if (!plain.includes(letter)) return undefined;
  }
  return 0;
}

/** What `xargs` adds to a command is not seen: it may be an option, or a file that is written. */
function checkUnseen({ report }: ShellText, [word, ...args]: readonly Word[]): void {
  const name = staticText(word!)?.replace(/^.*\//s, '') ?? '';
  const texts = args.map(staticText);
  const ends = texts.includes('--');
  if (
    /^(?:find|tee|uniq)$/.test(name) ||
    (/^g?sed$/.test(name) && texts.some((one) => /^-(?:[a-zA-Z]*i|-i)/.test(one ?? '-i')))
  )
    return report.add(word!.from, word!.to, `what ${name} is told by xargs is not seen`);
  if (!ends && OPEN_TO_OPTIONS.has(name))
    report.add(word!.from, word!.to, `xargs may give options to ${name}; end them with --`);
}

function mayBeOption(word: Word): boolean {
  const [first] = word.parts;
  return first?.kind === 'text' ? first.text.startsWith('-') : true;
}

const runsNothing = (name: string): boolean => name === 'command' || name === 'builtin' || name === 'time';

/** Only options that make a shell read nothing else: one for logins or people reads files of theirs first. */
function checkInterpreter(text: ShellText, word: Word, args: readonly Word[]): void {
  const options = args.map((arg) => /^-(?!$)[eux]*(c?)$/.exec(staticText(arg) ?? ''));
  const at = options.findIndex((option) => option === null || option[1] === 'c');
  if (options[at]?.[1] !== 'c')
    return text.report.add(
      word.from,
      word.to,
      'a shell may only be given its text with -c, beside -e, -u and -x',
    );
  checkText(text, word, args.slice(at + 1, at + 2));
}

/** Text that is run as commands: it must be seen, and is judged like the rest. */
function checkText(text: ShellText, word: Word, args: readonly Word[]): void {
  const { report } = text;
  const parts = args.map((arg) => (expands(arg) ? undefined : staticText(arg)));
  const [first] = parts;
  if (first === undefined || parts.includes(undefined))
    return report.add(word.from, word.to, 'the text that is run here is made at run time');
  const inner: Script = { commands: [], functions: [], set: [], computed: [], redirections: [] };
  try {
    new ShellParser(parts.join(' '), inner).parse();
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    return report.add(word.from, word.to, `the text that is run here: ${error.message}`);
  }
  // Its places are those of the argument, not of the text in it.
  const at = { from: args[0]!.from, to: args.at(-1)!.to };
  if (inner.functions.length > 0 || inner.computed.length > 0)
    return report.add(at.from, at.to, 'functions and arithmetic in a text that is run are not read');
  const relocated = (words: readonly Word[]): Word[] => words.map((one) => ({ ...one, ...at }));
  for (const simple of inner.commands) {
    const moved = { ...simple, ...at, words: relocated(simple.words), inFunction: false };
    checkCommand({ ...text, isFunction: () => false }, moved, moved.words);
    for (const { name } of simple.assignments)
      if (STEERING.test(name)) report.add(at.from, at.to, `${name} changes what commands do`);
    for (const { operator, target } of simple.redirections) checkInnerWrite(text, operator, target, at);
  }
  for (const { operator, target } of inner.redirections) checkInnerWrite(text, operator, target, at);
}

function checkInnerWrite(
  text: ShellText,
  operator: string,
  target: Word,
  at: { from: number; to: number },
): void {
  const path = staticText(target);
  if (operator.startsWith('<') && operator !== '<>' && path !== undefined && !path.startsWith('/dev/'))
    return;
  if (/^[<>]&$/.test(operator) && /^\d+$/.test(path ?? '')) return;
  const problem = writeProblem(text, path);
  if (problem !== undefined) text.report.add(at.from, at.to, problem);
}

function checkTrap(text: ShellText, args: readonly Word[]): void {
  const [handler] = args;
  const plain = handler === undefined ? '-' : staticText(handler);
  if (plain === '-' || plain === '' || plain === '--') return;
  if (
    /^\w+$/.test(plain ?? '') &&
    text.script.functions.some(({ name, certain }) => certain && name === plain)
  )
    return;
  checkText(text, handler!, [handler!]);
}

function checkArguments(text: ShellText, name: string, word: Word, args: readonly Word[]): void {
  const { report, variables } = text;
  const texts = args.map(staticText);
  const running = Object.hasOwn(RUNNING_OPTIONS, name) ? RUNNING_OPTIONS[name]! : undefined;
  for (const arg of args) {
    const known = variables.text(arg) ?? leadingText(arg);
    if (
      (running?.test(known) === true && (known !== '' || name === 'less')) ||
      isShortened(RUNNING_LONG_OPTIONS[name], known)
    )
      report.add(arg.from, arg.to, `${name} ${known} runs or loads what is not seen`);
    if (
      name === 'set' &&
      !/^(?:[-+][euxofvhnC]+|--|-o|pipefail|errexit|nounset|xtrace|noglob|noclobber)$/.test(known) &&
      texts[0] !== '--'
    )
      report.add(arg.from, arg.to, `set ${known} is not permitted`);
    if (name === 'shopt' && /expand_aliases|extdebug|sourcepath/.test(known))
      report.add(arg.from, arg.to, `shopt ${known} changes how the text is read`);
  }
  if (/^(?:awk|gawk|mawk|nawk)$/.test(name)) checkAwk(text, word, args);
  if (/^g?sed$/.test(name)) checkSed(text, word, args);
  if (name === 'tee') for (const arg of args) if (!leadingText(arg).startsWith('-')) writes(text, arg);
  if (name === 'sort' || name === 'shuf') checkSortOutput(text, args);
  if (name === 'uniq') checkUniqOutput(text, args);
  if (name === 'test' || name === '[' || name === 'wait') checkTest(text, name, word, args);
  if (name === 'let' && args.some((arg) => staticText(arg) === undefined || /[[`$]/.test(staticText(arg)!)))
    report.add(word.from, word.to, 'let evaluates a text');
}

/** GNU programs take the beginning of a long option for the whole. */
function isShortened(options: ReadonlySet<string> | undefined, known: string): boolean {
  const name = known.replace(/=.*$/s, '');
  return name.length > 2 && name.startsWith('--') && [...(options ?? [])].some((one) => one.startsWith(name));
}

/** `test -v`, `test -R` and `wait -p` evaluate the subscript in a name: no text that may stand there may hold a substitution. */
function checkTest({ report, variables }: ShellText, name: string, word: Word, args: readonly Word[]): void {
  const texts = args.map(staticText);
  const named = texts.some((one) => (name === 'wait' ? /^-[a-z]*p/ : /^-[vR]$/).test(one ?? ''));
  const evaluates = (one: Word): boolean =>
    one.parts.some((part) => {
      if (part.kind === 'variable')
        return variables
          .values(part.name)
          .some((value) => value !== undefined && SUBSCRIPT.test(leadingText(value)));
      return part.kind === 'text' && part.inert && SUBSCRIPT.test(part.text);
    });
  if ((named && texts.some((one) => /.\[/.test(one ?? '[['))) || args.some(evaluates))
    report.add(word.from, word.to, `${name} evaluates the subscript`);
}

const SUBSCRIPT = /\[[^\]]*[$`]/;

/** `uniq INPUT OUTPUT` */
function checkUniqOutput(text: ShellText, args: readonly Word[]): void {
  let files = 0;
  for (let at = 0; at < args.length; at += 1) {
    const start = leadingText(args[at]!);
    if (/^-[a-zA-Z]*[fsw]$/.test(start)) at += 1;
    else if (!start.startsWith('-') || start === '-') {
      files += 1;
      if (files > 1) writes(text, args[at]!);
    }
  }
}

/** `-o FILE`, `-oFILE`, `--output=FILE` */
function checkSortOutput(text: ShellText, args: readonly Word[]): void {
  for (const [place, arg] of args.entries()) {
    const option = /^(?:-[a-zA-Z]*o|--o[a-z]*=?)/.exec(leadingText(arg))?.[0];
    if (option === undefined) continue;
    const joined = leadingText(arg).length > option.length || arg.parts.length > 1;
    if (!joined && args[place + 1] !== undefined) writes(text, args[place + 1]!);
    else text.report.add(arg.from, arg.to, 'write the file that sort writes apart from its option');
  }
}

function writes(text: ShellText, arg: Word): void {
  const problem = writeProblem(text, expands(arg) ? undefined : text.variables.text(arg));
  if (problem !== undefined) text.report.add(arg.from, arg.to, problem);
}

function checkAwk({ report }: ShellText, word: Word, args: readonly Word[]): void {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    const start = leadingText(arg);
    if (/^-[Fv]$/.test(start)) at += 1;
    else if (/^-[Fv]/.test(start) || start === '--') continue;
    else if (start.startsWith('-')) return report.add(arg.from, arg.to, `awk ${start} is not permitted`);
    else {
      const program = staticText(arg);
      const problem = program === undefined ? 'the awk program is made at run time' : awkProblem(program);
      if (problem !== undefined) report.add(arg.from, arg.to, problem);
      return;
    }
  }
  report.add(word.from, word.to, 'awk without a program that can be seen');
}

function checkSed(text: ShellText, word: Word, args: readonly Word[]): void {
  const { report } = text;
  let seen = false;
  let inPlace = false;
  const rest: Word[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    const start = leadingText(arg);
    if (start === '-e' || start === '--expression') {
      at += 1;
      seen = true;
      if (args[at] !== undefined) script(args[at]!);
    } else if (/^-(?:i|-in-place)/.test(start)) inPlace = true;
    else if (/^-[nErsz]+$/.test(start) || start === '--') continue;
    else if (/^-[nErsz]+i/.test(start)) inPlace = true;
    else if (start.startsWith('-')) report.add(arg.from, arg.to, `sed ${start} is not permitted`);
    else rest.push(arg);
  }
  if (!seen) {
    const first = rest.shift();
    if (first === undefined) report.add(word.from, word.to, 'sed without a script that can be seen');
    else script(first);
  }
  if (inPlace) for (const file of rest) writes(text, file);

  function script(arg: Word): void {
    const literal = text.variables.text(arg);
    const problem = literal === undefined ? 'the sed script is made at run time' : sedProblem(literal);
    if (problem !== undefined) report.add(arg.from, arg.to, problem);
  }
}
