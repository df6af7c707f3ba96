/** What a shell text is made of, as far as its judgement needs it. */

export type Part =
  /** Literal text after quote removal. */
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean; readonly inert: boolean }
  /** `$name`, `${name}`; `plain`: without an operator that changes the value. */
  | { readonly kind: 'variable'; readonly name: string; readonly plain: boolean; readonly quoted: boolean }
  /** `$(…)`, backquotes, `<(…)`: the commands in it are gathered with all others. */
  | { readonly kind: 'substitution'; readonly commands: readonly Simple[]; readonly quoted: boolean }
  | { readonly kind: 'arithmetic' };

export interface Word {
  readonly from: number;
  readonly to: number;
  readonly parts: readonly Part[];
}

export interface Assignment {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Undefined: an array or an element of one. */
  readonly value: Word | undefined;
  readonly appends: boolean;
}

export interface Redirection {
  readonly operator: string;
  readonly target: Word;
}

/** One simple command. */
export interface Simple {
  readonly from: number;
  readonly to: number;
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
  /** In the body of a function: it runs when the function is called. */
  readonly inFunction: boolean;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Stands where it is surely reached: not in a condition, a loop, a subshell or another function. */
  readonly certain: boolean;
}

/** Everything in a text, flat. */
export interface Script {
  readonly commands: Simple[];
  readonly functions: FunctionDefinition[];
  /** Variables that something else than an assignment sets: loops, `read`, `${x:=…}`, arithmetic. */
  readonly set: { readonly name: string; readonly values: readonly Word[] | undefined }[];
  /** Names that arithmetic evaluates. */
  readonly computed: { readonly name: string; readonly from: number; readonly to: number }[];
  /** Redirections of compound commands. */
  readonly redirections: Redirection[];
}

export class ShellSyntaxError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** The word's text, when nothing in it is expanded. */
export function staticText(word: Word): string | undefined {
  let text = '';
  for (const part of word.parts) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}

/** The word's text before the first thing that is expanded. */
export function leadingText(word: Word): string {
  let text = '';
  for (const part of word.parts) {
    if (part.kind !== 'text') break;
    text += part.text;
  }
  return text;
}

/** The words behind `command` and `builtin`, which run the built-in that they name. */
export function behindBuiltin(words: readonly Word[]): readonly Word[] {
  let at = 0;
  while (/^(?:command|builtin)$/.test(words[at] === undefined ? '' : (staticText(words[at]!) ?? '')))
    do at += 1;
    while (words[at] !== undefined && leadingText(words[at]!).startsWith('-'));
  return words.slice(at);
}

/** Whether the shell makes other words of this one: patterns, braces with a comma or a range, a leading tilde. */
export function expands(word: Word): boolean {
  let unquoted = '';
  for (const part of word.parts) unquoted += part.kind === 'text' && !part.quoted ? part.text : '\u0000';
  if (unquoted === '[') return false;
  return /[*?[]|[!@+]\(|^~|\{[^]*(?:,|\.\.)/.test(unquoted);
}
