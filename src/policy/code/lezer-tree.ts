import type { LRParser } from '@lezer/lr';
import type { Tree } from '@lezer/common';
import type { Steps } from './checker.ts';
import type { Report } from './report.ts';

const STEPS_BETWEEN_YIELDS = 200;

/** Parses in steps; stops at the first error. @param parser strict: it throws where the text leaves the grammar */
export function* lezerTree(parser: LRParser, text: string, report: Report): Steps<Tree | undefined> {
  const parse = parser.startParse(text);
  try {
    for (let count = 1; ; count += 1) {
      const tree = parse.advance();
      if (tree !== null) return tree;
      if (count % STEPS_BETWEEN_YIELDS === 0) yield;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    const at = Number(/\d+$/.exec(error.message)?.[0] ?? parse.parsedPos);
    report.unreadable(at, 'does not parse here');
    return undefined;
  }
}
