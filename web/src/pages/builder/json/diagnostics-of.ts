import type { Diagnostic } from '@codemirror/lint';
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { Place } from '../../../api/problem.ts';
import { harmless } from '../../../lib/harmless.ts';

/** Where the problems of a policy stand in its text. The first `errorCount` are errors, the others warnings. */
export function diagnosticsOf(text: string, places: readonly Place[], errorCount: number): Diagnostic[] {
  const tree = parseTree(text);
  return places.map((place, index) => {
    const node = tree === undefined ? undefined : nodeOf(tree, place.pointer);
    const from = node?.offset ?? lineStart(text, place.line ?? 1);
    const to = node === undefined ? from : Math.min(node.offset + node.length, endOfLine(text, node.offset));
    const severity = index < errorCount ? 'error' : 'warning';
    return {
      from: Math.min(from, text.length),
      to: Math.min(Math.max(from, to), text.length),
      severity,
      message: harmless(place.message, 400),
    };
  });
}

/** The member that a JSON Pointer names, or its nearest ancestor. */
function nodeOf(tree: Node, pointer: string): Node | undefined {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  for (let length = steps.length; length > 0; length -= 1) {
    const found = findNodeAtLocation(tree, steps.slice(0, length));
    if (found !== undefined) return found.parent?.type === 'property' ? found.parent : found;
  }
  return undefined;
}

function lineStart(text: string, line: number): number {
  return text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, one) => sum + one.length + 1, 0);
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}
