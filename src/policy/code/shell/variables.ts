/** What variables can hold, where a word of the text decides something by them. */
import { behindBuiltin, leadingText, staticText, type Script, type Word } from './syntax.ts';

/** The name of a file that `mktemp` has just made: no text can spell it. */
export const MADE_HERE = '\u0000made';

export class Variables {
  /** Undefined: something that is not seen. */
  readonly #values = new Map<string, (Word | undefined)[]>();

  constructor({ commands, set }: Script) {
    for (const { name, values } of set) for (const value of values ?? [undefined]) this.#add(name, value);
    for (const command of commands) {
      for (const { name, value, appends } of command.assignments)
        this.#add(name, appends ? undefined : value);
      this.#builtin(command.words);
    }
  }

  /** Built-ins that set what their arguments name. */
  #builtin(written: readonly Word[]): void {
    const words = behindBuiltin(written);
    const command = words[0] === undefined ? undefined : staticText(words[0]);
    if (
      !/^(?:read|mapfile|readarray|getopts|printf|local|declare|typeset|export|readonly|let|unset)$/.test(
        command ?? '',
      )
    )
      return;
    for (const word of words.slice(1)) {
      const text = leadingText(word);
      const name = /^([A-Za-z_]\w*)(\+?=)?/.exec(text);
      if (name === null) continue;
      const declares = name[2] === '=' && command !== 'let';
      const expanded = word.parts.findIndex((part) => part.kind !== 'text');
      const rest = { kind: 'text', text: text.slice(name[0].length), quoted: true, inert: true } as const;
      const parts = [rest, ...(expanded === -1 ? [] : word.parts.slice(expanded))];
      this.#add(name[1]!, declares ? { ...word, parts } : undefined);
    }
  }

  #add(name: string, value: Word | undefined): void {
    const values = this.#values.get(name);
    if (values === undefined) this.#values.set(name, [value]);
    else values.push(value);
  }

  /** The word's text, where its variables are set exactly once, to a text that is seen. A file of `mktemp` begins with `MADE_HERE`. */
  text(word: Word, depth = 0): string | undefined {
    let text = '';
    for (const part of word.parts) {
      if (part.kind === 'text') text += part.text;
      else if (part.kind === 'variable' && part.plain && depth < 10) {
        const values = this.#values.get(part.name) ?? [];
        const value =
          values.length === 1 && values[0] !== undefined ? this.#single(values[0], depth) : undefined;
        if (value === undefined || (!part.quoted && /[\s*?[]/.test(value))) return undefined;
        text += value;
      } else return undefined;
    }
    return text;
  }

  #single(word: Word, depth: number): string | undefined {
    const [only] = word.parts;
    if (word.parts.length === 1 && only?.kind === 'substitution' && only.commands.length === 1) {
      const words = only.commands[0]!.words.map(staticText);
      return words[0] === 'mktemp' && words.every((one) => one === 'mktemp' || one === '-d')
        ? MADE_HERE
        : undefined;
    }
    return this.text(word, depth + 1);
  }

  /** Every word that the variable is set to; undefined among them for what is not seen. */
  values(name: string): readonly (Word | undefined)[] {
    return this.#values.get(name) ?? [];
  }
}
