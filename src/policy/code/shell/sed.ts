/** Scripts of sed in arguments of allowed commands: they can run commands and write files by themselves. */

/** @returns what is wrong with a sed script */
export function sedProblem(script: string): string | undefined {
  let at = 0;
  const delimited = (delimiter: string): boolean => {
    const start = at;
    for (; at < script.length; at += 1) {
      if (script[at] === '\\') at += 1;
      else if (script[at] === delimiter) {
        at += 1;
        // Whether a delimiter in brackets ends it depends on the sed.
        return !opensBracket(script.slice(start, at - 1));
      }
    }
    return false;
  };
  const delimitedText = (delimiter: string): boolean => {
    for (; at < script.length; at += 1) {
      if (script[at] === '\\') at += 1;
      else if (script[at] === delimiter) return (at += 1) > 0;
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
        !delimitedText(delimiter)
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

/** Whether a bracket expression of the regular expression is still open at its end. */
function opensBracket(pattern: string): boolean {
  const outside = pattern.replace(/\\[\s\S]/g, '').replace(/\[\^?\]?(?:\[[:.=][^\]]*[:.=]\]|[^\]])*\]/g, '');
  return outside.includes('[');
}
