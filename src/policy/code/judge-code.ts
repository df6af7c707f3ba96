/** One text against one set of rules, within its bounds of size and time. */
import { loadChecker } from './load-checker.ts';
import type { Pace } from './pace.ts';
import { Report } from './report.ts';
import type { CodeRules, CodeVerdict } from './types.ts';

/** UTF-8 bytes; what is longer is not read. */
export const MOST_CODE_BYTES = 1024 * 1024;
/** From the call's arrival at the rule to its verdict, for all texts of the call together. */
export const MOST_CODE_MS = 200;

/**
 * Everything in the text that the rules do not permit, with offsets: what a rule denies by and what an editor highlights.
 * A text that does not parse, is too large or takes too long has `holds: undefined`.
 * @param deadline on the scale of the pace; absent: `MOST_CODE_MS` from now
 */
export async function judgeCode(
  text: string,
  rules: CodeRules,
  pace: Pace,
  deadline?: number,
): Promise<CodeVerdict> {
  const report = new Report(text);
  if (text.length > MOST_CODE_BYTES || Buffer.byteLength(text) > MOST_CODE_BYTES) {
    report.unreadable(0, `is larger than ${MOST_CODE_BYTES} bytes, the most that is read`);
    return report.verdict();
  }
  try {
    const check = await loadChecker(rules.language);
    const until = deadline ?? pace.now() + MOST_CODE_MS;
    if (!(await pace.run(check(text, rules, report), until)))
      report.unreadable(0, `could not be read within ${MOST_CODE_MS} ms; make it shorter`);
  } catch (error) {
    // Nesting deeper than the stack, or a mistake of ours: either way it was not read.
    report.unreadable(0, `could not be read (${(error as Error).name})`);
  }
  return report.verdict();
}
