/** Programs of awk in arguments of allowed commands: they can run commands and write files by themselves. */

/** After these a slash begins a regular expression; after anything else that is a value it divides. */
const BEFORE_PATTERN =
  /^(?:|[^\w")\].$]|in|return|print|printf|case|do|else|if|while|and|delete|exit|BEGIN|END)$/;
const CONTROL = /^(?:if|while|for|switch)$/;
const TOKEN =
  /[A-Za-z_]\w*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|"(?:[^"\\\n]|\\[\s\S])*"|\\\r?\n|#[^\n]*|\|\||&&|\+\+|--|>>|[\s\S]/y;
/** A slash in brackets ends the expression for some readers of awk, and for others it does not. */
const PATTERN = /\/(?:[^/\\\n[]|\\[^\n]|\[\^?\]?(?:\[[:.=][a-z]*[:.=]\]|[^\]/\\\n]|\\[^\n])*\])*\//y;

/** @returns what is wrong with an awk program */
export function awkProblem(program: string): string | undefined {
  let before = '';
  /** Whether each open parenthesis belongs to `if`, `while` …: what follows its end is a statement. */
  const open: boolean[] = [];
  /** Depth at which a `print` stands; a redirection may follow it there. */
  let printing: number | undefined;
  for (let at = 0; at < program.length;) {
    if (program[at] === '/' && before === '$') return 'an awk program that is read in two ways';
    if (program[at] === '/' && BEFORE_PATTERN.test(before)) {
      PATTERN.lastIndex = at;
      const pattern = PATTERN.exec(program)?.[0];
      if (pattern === undefined) return 'a regular expression of awk that is read in two ways';
      at += pattern.length;
      before = '"';
      continue;
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(program)![0];
    at += token.length;
    if (/^(?:[ \t\r]|\\\r?\n|#.*)$/s.test(token)) continue;
    if (token === '"' || token === '\\' || token === "'") return 'an awk program that does not parse';
    if (token === 'system') return 'system() in awk runs a command';
    if (token === 'getline') return 'getline in awk reads from commands and files';
    if (token === '|') return 'a pipe in awk runs a command';
    if (token === '@') return '@ in awk loads or calls what is not seen';
    if (/^>>?$/.test(token) && printing === open.length) return 'a redirection in awk writes a file';
    if (token === 'print' || token === 'printf') printing = open.length;
    if (token === ';' || token === '}' || (token === '\n' && !/^(?:,|\{|&&|\|\||do|else)$/.test(before)))
      printing = undefined;
    let value = token;
    if (token === '(') open.push(CONTROL.test(before));
    // A statement begins where the parenthesis of a condition ends.
    if (token === ')' && open.pop() === true) value = ';';
    if (token !== '\n' || !/^(?:,|&&|\|\|)$/.test(before)) before = value[0] === '"' ? '"' : value;
  }
  return undefined;
}
