/** `str.format` reads attributes by the names in its text, so that text must be seen. */
import type { CodeNode } from '../code-tree.ts';
import type { PythonText } from './check-names.ts';
import { literalsOf } from './known-text.ts';

/** @param attributeProblem what is wrong with reading an attribute of this name */
export function checkFormat(
  text: PythonText,
  base: CodeNode | undefined,
  attributeProblem: (attribute: string) => string | undefined,
): void {
  const formats = base === undefined ? undefined : literalsOf(text, base);
  if (base === undefined || formats === undefined) {
    const at = base ?? text.nodes[0]!;
    text.report.add(at.from, at.to, 'the text that format() reads names from must be a literal');
    return;
  }
  for (const format of formats) {
    for (const [, field = ''] of format.replaceAll('{{', '').matchAll(/\{([^{}!:]*)/g)) {
      const problem = [...field.matchAll(/[.[]\s*([^.[\]]*)/g)]
        .map(([, part = '']) => (part.startsWith('_') ? `format() reads ${part}` : attributeProblem(part)))
        .find((one) => one !== undefined);
      if (problem !== undefined) text.report.add(base.from, base.to, problem);
    }
  }
}
