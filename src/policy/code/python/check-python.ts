/**
 * Python: every name that is read must be bound in the text by the language's own scoping, be a harmless built-in, or be listed;
 * every attribute must be one that leads nowhere else. Where the grammar and a plain scan of the literals disagree about what is
 * code, the text is not judged.
 */
import { parser } from '@lezer/python';
import type { Checker } from '../checker.ts';
import { codeTree, type CodeNode } from '../code-tree.ts';
import { lezerTree } from '../lezer-tree.ts';
import { bindNames } from './bindings.ts';
import { checkLiterals } from './check-literals.ts';
import { checkNames } from './check-names.ts';
import { Modules } from './modules.ts';
import { prepareSource } from './prepare-source.ts';
import { scopesOf } from './scopes.ts';

const strict = parser.configure({ strict: true });

export const checkPython: Checker = function* (text, rules, report) {
  const source = prepareSource(text, report);
  if (source === undefined) return;
  const tree = yield* lezerTree(strict, source, report);
  if (tree === undefined) return;
  const nodes = yield* codeTree(tree);
  if (!(yield* checkLiterals(text, nodes, report))) return;
  const slice = (node: CodeNode): string => text.slice(node.from, node.to);
  // Python itself reads identifiers in this form (PEP 3131).
  const name = (node: CodeNode): string => slice(node).normalize('NFKC');
  const modules = new Modules(rules.imports ?? []);
  const scopes = yield* scopesOf(nodes, name);
  const names = yield* bindNames(nodes, { scopes, name, isModule: (path) => modules.isModule(path) });
  for (const { node, module, member } of names.imports) {
    if (module === undefined) report.add(node.from, node.to, 'relative imports reach files beside the text');
    else {
      const problem =
        modules.importProblem(module) ??
        (member === undefined
          ? undefined
          : member === '*'
            ? 'import * binds names that cannot be seen here'
            : modules.memberProblem(module, member));
      if (problem !== undefined) report.add(node.from, node.to, problem);
    }
  }
  yield* checkNames({ nodes, scopes, names, modules, rules, report, name, slice });
};
