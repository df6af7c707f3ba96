/** What must hold of a Python text before the grammar sees it, and small changes that spare the grammar what it does not know. */
import type { Report } from '../report.ts';

const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;
const EMPTY_CLASSES = new Set('str int float list dict tuple set frozenset bool bytes complex'.split(' '));

/**
 * @returns text of the same length, so that offsets hold; undefined: objected to
 */
export function prepareSource(text: string, report: Report): string | undefined {
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]|\r(?!\n)/.exec(text);
  if (control !== null) {
    report.unreadable(control.index, 'a control character, which Python and this check may read differently');
    return undefined;
  }
  for (const line of text.split('\n', 2)) {
    const coding = CODING.exec(line)?.[1]?.toLowerCase();
    if (coding !== undefined && !/^utf-?_?8$/.test(coding)) {
      report.unreadable(
        text.indexOf(line),
        `the text says that it is encoded as ${coding}; only utf-8 is read`,
      );
      return undefined;
    }
  }
  // Grammar and CPython agree on all of these; the grammar lacks the short forms.
  return text
    .replace(/\byield(?=[ \t]*(?:[\r\n)\]},;:#]|$))/g, 'False')
    .replace(/(?<![\w.])(\d[\d_]*)\.(?![\w.])/g, (_whole, digits: string) => `${digits}0`)
    .replace(/^([ \t]*case[ \t]+)(\w+)\(\)(?=[ \t]*(?::|if\b))/gm, (whole, before: string, name: string) =>
      EMPTY_CLASSES.has(name) || new RegExp(`^[ \\t]*class[ \\t]+${name}\\b`, 'm').test(text)
        ? `${before}${name}  `
        : whole,
    );
}
