/** String literals of Python as CPython reads them, found without the grammar: a second opinion on where text ends and code begins. */

export interface Literal {
  readonly from: number;
  readonly to: number;
  readonly prefix: string;
  readonly body: string;
}

const TOKEN = /#[^\n]*|(?<![\w.])([rbfutRBFUT]{1,3})?('''|"""|'|")|[\p{L}\p{N}_.]+/gu;

/**
 * Where every string and comment begins and ends.
 * @returns undefined where a literal does not end
 */
export function scanLiterals(text: string): { literals: Literal[]; comments: number[] } | undefined {
  const literals: Literal[] = [];
  const comments: number[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    if (match[0].startsWith('#')) comments.push(match.index);
    const quote = match[2];
    if (quote === undefined) continue;
    const start = match.index + match[0].length;
    const end = closing(text, start, quote);
    if (end === -1) return undefined;
    literals.push({
      from: match.index,
      to: end + quote.length,
      prefix: (match[1] ?? '').toLowerCase(),
      body: text.slice(start, end),
    });
    TOKEN.lastIndex = end + quote.length;
  }
  return { literals, comments };
}

/** A backslash keeps the quote after it from closing, in raw strings too. */
function closing(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '\\') at += 1;
    else if (character === '\n' && quote.length === 1) return -1;
    else if (character === quote[0] && text.startsWith(quote, at)) return at;
  }
  return -1;
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

/** What the literal's text is at run time, as far as it matters for names and URLs. */
export function literalValue({ prefix, body }: Pick<Literal, 'prefix' | 'body'>): string {
  if (prefix.includes('r')) return body;
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|N\{[^}]*\}|([\s\S]))/g,
    (whole: string, hex?: string, four?: string, eight?: string, octal?: string, other?: string) => {
      const digits = hex ?? four ?? eight;
      if (digits !== undefined) return character(Number.parseInt(digits, 16));
      if (octal !== undefined) return character(Number.parseInt(octal, 8));
      if (other === undefined) return '\u0000';
      return SIMPLE[other] ?? ('\\\'"'.includes(other) ? other : whole);
    },
  );
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\u0000';
}
