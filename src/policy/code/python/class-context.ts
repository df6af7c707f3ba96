import { sibling, type CodeNode } from '../code-tree.ts';

const COMPARES = new Set(['isinstance', 'issubclass']);
const SHOWS = new Set(['print', 'str', 'repr', ...COMPARES]);

/**
 * Whether the class that `type(x)` or `x.__class__` gives is only named, shown or compared here: nothing is called or read on it.
 * @param node the name `type`, or the attribute `__class__`
 */
export function isClassContext(node: CodeNode, slice: (node: CodeNode) => string): boolean {
  let given = node.parent!;
  const isCall = node.name === 'VariableName';
  if (isCall) {
    if (inAnnotation(node) || isListedClass(node, slice)) return true;
    const list = sibling(node, 1);
    if (given.name !== 'CallExpression' || node.index !== 0 || list?.children.length !== 3) return false;
  } else if (given.name !== 'MemberExpression') return false;
  const next = sibling(given, 1);
  if (given.parent!.name === 'MemberExpression' && given.index === 0)
    return next?.name === '.' && ['__name__', '__qualname__'].includes(slice(sibling(given, 2)!));
  while (given.parent!.name === 'ParenthesizedExpression') given = given.parent!;
  const around = given.parent!;
  if (around.name === 'BinaryExpression')
    return around.children.some((child) => ['CompareOp', 'in', 'is', 'not'].includes(child.name));
  if (around.name === 'MemberExpression') return given.index > 0;
  if (around.name === 'FormatReplacement') return isCall;
  if (around.name !== 'ArgList') return false;
  const callee = around.parent!.children[0]!;
  // `__class__` is only compared: whoever shows a class writes `type(x)`.
  const shown = isCall ? SHOWS : COMPARES;
  return (
    shown.has(slice(callee)) ||
    (isCall && callee.name === 'MemberExpression' && slice(callee.children.at(-1)!) === 'get')
  );
}

function inAnnotation(node: CodeNode): boolean {
  for (let around = node.parent; around !== undefined; around = around.parent) {
    if (around.name === 'TypeDef') return true;
    if (/Statement$|CallExpression|Lambda/.test(around.name)) return false;
  }
  return false;
}

/** `isinstance(x, type)` */
function isListedClass(node: CodeNode, slice: (node: CodeNode) => string): boolean {
  return (
    node.parent!.name === 'ArgList' &&
    slice(node.parent!.parent!.children[0]!) === 'isinstance' &&
    node.index === 3
  );
}
