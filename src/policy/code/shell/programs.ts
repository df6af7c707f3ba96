/** Programs in arguments of allowed commands: awk and sed can run commands and write files by themselves. */

/** @returns what is wrong with an awk program */
export function awkProblem(program: string): string | undefined {
  const plain = program
    .replace(/"(?:[^"\\\n]|\\[\s\S])*"/g, '""')
    .replace(
      /(^|[(,~!&|{;}\n]|\b(?:split|sub|gsub|match)\([^/]*)(\s*)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+\//g,
      '$1$2""',
    )
    .replace(/#[^\n]*/g, '');
  if (/\bsystem\s*\(/.test(plain)) return 'system() in awk runs a command';
  if (/\bgetline\b/.test(plain)) return 'getline in awk reads from commands and files';
  if (/(?<!\|)\|(?!\|)/.test(plain)) return 'a pipe in awk runs a command';
  if (plain.includes('@')) return '@ in awk loads or calls what is not seen';
  for (const statement of plain.split(/[;\n{}]/)) {
    const printed = /\bprintf?\b(?<rest>[^]*)$/.exec(statement)?.groups?.rest;
    if (printed === undefined) continue;
    let rest = printed;
    for (let before = ''; before !== rest;) {
      before = rest;
      rest = rest.replace(/\([^()]*\)/g, '');
    }
    if (rest.includes('>')) return 'a redirection in awk writes a file';
  }
  return undefined;
}

/** @returns what is wrong with a sed script */
export function sedProblem(script: string): string | undefined {
  let at = 0;
  const delimited = (delimiter: string): boolean => {
    // An unescaped delimiter ends it, within a bracket expression too: the earlier end shows more of what follows.
    for (; at < script.length; at += 1) {
      if (script[at] === '\\') at += 1;
      else if (script[at] === delimiter) {
        at += 1;
        return true;
      }
    }
    return false;
  };
  while (at < script.length) {
    const character = script[at]!;
    if (/[\s;{},!~+$0-9]/.test(character)) at += 1;
    else if (character === '/' || character === '\\') {
      at += character === '\\' ? 2 : 1;
      if (!delimited(character === '\\' ? script[at - 1]! : '/')) return 'a sed script that is not read';
      while (/[IM]/.test(script[at] ?? '')) at += 1;
    } else if (character === 's' || character === 'y') {
      const delimiter = script[at + 1];
      at += 2;
      if (
        delimiter === undefined ||
        /[\s\\]/.test(delimiter) ||
        !delimited(delimiter) ||
        !delimited(delimiter)
      )
        return 'a sed script that is not read';
      const flags = /^[a-zA-Z0-9]*/.exec(script.slice(at))![0];
      if (character === 's' && !/^[gpiImM0-9]*$/.test(flags))
        return `the flags ${flags} of s in sed run commands or write files`;
      at += character === 's' ? flags.length : 0;
    } else if (/[pdDgGhHxnNlq=QzF]/.test(character)) at += 1;
    else if (/[aic]/.test(character)) {
      while (at < script.length && script[at] !== '\n') at += script[at] === '\\' ? 2 : 1;
    } else if (/[btT:]/.test(character)) {
      while (at < script.length && !/[\n;}]/.test(script[at]!)) at += 1;
    } else if (character === '#') {
      while (at < script.length && script[at] !== '\n') at += 1;
    } else return `${character} in sed is not permitted`;
  }
  return undefined;
}
