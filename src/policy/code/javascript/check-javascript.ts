/**
 * JavaScript and TypeScript: every name that is read must be bound in the text, be a harmless global, or be listed; no property
 * may lead from a value to its constructor; and what a computed member may yield is never called once it could be a constructor.
 */
import { parser } from '@lezer/javascript';
import type { Checker } from '../checker.ts';
import { codeTree, type CodeNode } from '../code-tree.ts';
import { lezerTree } from '../lezer-tree.ts';
import { checkComputed } from './check-computed.ts';
import { checkNames } from './check-names.ts';
import { checkSyntax } from './check-syntax.ts';
import { collectAssignments } from './collect-assignments.ts';
import { prepareSource } from './prepare-source.ts';
import { scopesOf } from './scopes.ts';

const PARSERS = {
  javascript: parser.configure({ strict: true }),
  typescript: parser.configure({ strict: true, dialect: 'ts' }),
};
/** Line ends in JavaScript that do not look like any, and characters that hide others. */
const TREACHEROUS = /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f\u2028\u2029\ufeff]|\r(?!\n)/;

export const checkJavaScript: Checker = function* (text, rules, report) {
  const treacherous = TREACHEROUS.exec(text);
  if (treacherous !== null)
    return report.unreadable(treacherous.index, 'a control character that may end a line unseen');
  const tree = yield* lezerTree(
    PARSERS[rules.language === 'javascript' ? 'javascript' : 'typescript'],
    prepareSource(text),
    report,
  );
  if (tree === undefined) return;
  const nodes = yield* codeTree(tree);
  const slice = (node: CodeNode): string => text.slice(node.from, node.to);
  const scopes = yield* scopesOf(nodes, slice);
  const { properties, methodCalls } = yield* collectAssignments(nodes, scopes, slice);
  const all = { source: text, nodes, scopes, rules, report, slice, properties, methodCalls };
  yield* checkSyntax(all);
  yield* checkNames(all);
  yield* checkComputed(all);
};
