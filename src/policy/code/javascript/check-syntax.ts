/** Constructs that are never permitted, and properties that lead from a value to the interpreter. */
import type { Steps } from '../checker.ts';
import { sibling, type CodeNode } from '../code-tree.ts';
import type { JavaScriptText } from './javascript-text.ts';
import { unescaped } from './known-text.ts';
import { LEADING_OUT } from './names.ts';

const FORBIDDEN: Readonly<Record<string, string>> = {
  WithStatement: 'with hides where names come from',
  DebuggerStatement: 'debugger stops the program',
  DynamicImport: 'import() loads code at run time',
  ImportMeta: 'import.meta leads to the loader',
  AmbientDeclaration: 'declare names what the text does not bind',
  AmbientFunctionDeclaration: 'declare names what the text does not bind',
  GlobalDeclaration: 'declare names what the text does not bind',
  '⚠': 'does not parse here',
};

export function* checkSyntax({ nodes, scopes, report, slice, source }: JavaScriptText): Steps {
  for (let count = 0; count < nodes.length; count += 1) {
    const node = nodes[count]!;
    if (count % 500 === 0) yield;
    const { name } = node;
    if (Object.hasOwn(FORBIDDEN, name)) report.add(node.from, node.to, FORBIDDEN[name]!);
    if (scopes.erased.has(node)) continue;
    // In scripts of the web these begin a comment.
    if (
      (name === 'CompareOp' && source.startsWith('<!--', node.from)) ||
      (name === 'ArithOp' && source.startsWith('-->', node.from))
    )
      report.unreadable(node.from, 'some hosts read this as a comment');
    const property = propertyName(node, slice);
    if (property !== undefined && LEADING_OUT.has(property) && !isHarmlessUse(node, property, slice))
      report.add(node.from, node.to, `the property ${property} leads from a value to the interpreter`);
  }
}

/** The name that a node gives to a property, where it does. */
function propertyName(node: CodeNode, slice: (node: CodeNode) => string): string | undefined {
  if (node.name === 'PropertyName' || node.name === 'PropertyDefinition') return slice(node);
  if (node.name === 'VariableDefinition' && node.parent!.name === 'PatternProperty' && node.index === 0)
    return slice(node);
  if (node.name === 'String') return unescaped(slice(node).slice(1, -1));
  return undefined;
}

function isHarmlessUse(node: CodeNode, property: string, slice: (node: CodeNode) => string): boolean {
  const parent = node.parent!;
  if (node.name === 'String') {
    const isKey =
      parent.name === 'MemberExpression' ||
      (parent.name === 'Property' && node.index === 0) ||
      parent.name === 'PatternProperty';
    // As text for people it is harmless, as a key anywhere it is not: these two would be that.
    return !isKey && property !== 'constructor' && property !== '__proto__';
  }
  if (property !== 'constructor') return false;
  if (parent.name === 'MethodDeclaration') return true;
  const around = parent.parent!;
  return (
    parent.name === 'MemberExpression' &&
    around.name === 'MemberExpression' &&
    parent.index === 0 &&
    sibling(parent, 1)?.name === '.' &&
    slice(around.children.at(-1)!) === 'name'
  );
}
