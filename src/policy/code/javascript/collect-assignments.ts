/** Adds to every binding what is assigned to it later, and gathers the properties that the text defines. */
import type { Steps } from '../checker.ts';
import type { CodeNode } from '../code-tree.ts';
import { unescaped } from './known-text.ts';
import { isFunction, type Scopes, type Source } from './scopes.ts';

export function* collectAssignments(
  nodes: readonly CodeNode[],
  scopes: Scopes,
  slice: (node: CodeNode) => string,
): Steps<{ properties: Map<string, (CodeNode | undefined)[]>; methodCalls: Map<string, CodeNode[]> }> {
  const properties = new Map<string, (CodeNode | undefined)[]>();
  const methodCalls = new Map<string, CodeNode[]>();
  const define = (name: string, value: CodeNode | undefined): void => {
    const values = properties.get(name);
    if (values === undefined) properties.set(name, [value]);
    else values.push(value);
  };
  const assign = (node: CodeNode, source: Source): void => {
    scopes.of.get(node)!.resolve(slice(node))?.sources.push(source);
  };
  for (let count = 0; count < nodes.length; count += 1) {
    const node = nodes[count]!;
    if (count % 500 === 0) yield;
    if (scopes.erased.has(node)) continue;
    const { children } = node;
    switch (node.name) {
      case 'AssignmentExpression': {
        const [target, operator, value] = children;
        if (target!.name === 'VariableName')
          assign(target!, { kind: 'expression', node: slice(operator!) === '=' ? value! : node });
        else if (target!.name === 'MemberExpression' && target!.children.at(-1)!.name === 'PropertyName')
          define(slice(target!.children.at(-1)!), value);
        break;
      }
      case 'PostfixExpression':
      case 'UnaryExpression':
        for (const child of children)
          if (child.name === 'VariableName' && /\+\+|--/.test(slice(node))) assign(child, { kind: 'number' });
        break;
      case 'VariableDefinition':
        if (inAssignedPattern(node)) assign(node, { kind: 'unknown' });
        break;
      case 'ForInSpec':
      case 'ForOfSpec':
        if (children[1]?.name === 'VariableName') assign(children[1], { kind: 'unknown' });
        break;
      case 'VariableName':
        scopes.of.get(node)!.resolve(slice(node))?.reads.push(node);
        break;
      case 'Property':
      case 'PropertyDeclaration':
      case 'MethodDeclaration': {
        const label = children.find((child) =>
          /^(?:PropertyDefinition|PrivatePropertyDefinition|String)$/.test(child.name),
        );
        if (label === undefined) break;
        const value = isFunction(node) ? undefined : children.length === 1 ? label : children.at(-1);
        define(label.name === 'String' ? unescaped(slice(label).slice(1, -1)) : slice(label), value);
        break;
      }
      case 'CallExpression': {
        const last = children[0]!.name === 'MemberExpression' ? children[0]!.children.at(-1)! : undefined;
        if (last?.name !== 'PropertyName' && last?.name !== 'PrivatePropertyName') break;
        const calls = methodCalls.get(slice(last)) ?? [];
        methodCalls.set(slice(last), calls);
        calls.push(node);
        break;
      }
    }
  }
  return { properties, methodCalls };
}

/** `[a, b] = …` and `({ a } = …)` */
export function inAssignedPattern(node: CodeNode): boolean {
  let around = node.parent!;
  while (/Pattern$|^PatternProperty$/.test(around.name)) around = around.parent!;
  if (around.name === 'AssignmentExpression') return true;
  return (
    /^For(?:Of|In)Spec$/.test(around.name) &&
    !around.children.some((child) => ['const', 'let', 'var', 'using'].includes(child.name))
  );
}
