/** A second reading of where strings and comments stand: if the grammar took code for text, the two differ. */
import type { Steps } from '../checker.ts';
import { enclosing, type CodeNode } from '../code-tree.ts';
import type { Report } from '../report.ts';
import { scanLiterals } from './literals.ts';

const STRINGS = new Set(['String', 'FormatString']);
const DISAGREE = 'it is not certain where this text ends and code begins';
const NOT_PYTHON_3 = new Set(['PrintStatement', '⚠']);

/** False: the text is not judged further. */
export function* checkLiterals(text: string, nodes: readonly CodeNode[], report: Report): Steps<boolean> {
  const scanned = scanLiterals(text);
  if (scanned === undefined) {
    report.unreadable(0, 'a string does not end');
    return false;
  }
  yield;
  let strings = 0;
  let comments = 0;
  for (let count = 0; count < nodes.length; count += 1) {
    const node = nodes[count]!;
    if (count % 500 === 0) yield;
    if (NOT_PYTHON_3.has(node.name) || (node.name === 'CompareOp' && text.startsWith('<>', node.from))) {
      report.unreadable(node.from, 'is not Python 3');
      return false;
    }
    if (node.name === 'FormatString' && hidesReplacement(node, text)) {
      report.unreadable(node.from, DISAGREE);
      return false;
    }
    const inside =
      STRINGS.has(node.name) || node.name === 'Comment' ? enclosing(node, 'FormatString') : undefined;
    if (inside !== undefined) continue;
    const literal = STRINGS.has(node.name) ? scanned.literals[strings++] : undefined;
    if (
      (STRINGS.has(node.name) && (literal?.from !== node.from || literal.to !== node.to)) ||
      (node.name === 'Comment' && scanned.comments[comments++] !== node.from)
    ) {
      report.unreadable(node.from, DISAGREE);
      return false;
    }
  }
  if (strings === scanned.literals.length && comments === scanned.comments.length) return true;
  report.unreadable(0, DISAGREE);
  return false;
}

/** A brace that Python takes for the start of an expression and the grammar did not. */
function hidesReplacement(node: CodeNode, text: string): boolean {
  const raw = /^[a-z]*r/i.test(text.slice(node.from, node.from + 2));
  const outside = (from: number, to: number): string => {
    const chunk = text.slice(from, to).replaceAll('{{', '');
    return raw ? chunk : chunk.replace(/\\N\{[A-Za-z0-9 -]+\}/g, '');
  };
  let from = node.from;
  for (const child of node.children) {
    if (child.name !== 'FormatReplacement') continue;
    if (outside(from, child.from).includes('{')) return true;
    from = child.to;
  }
  return outside(from, node.to).includes('{');
}
