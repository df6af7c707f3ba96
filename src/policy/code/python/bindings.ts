/** What each name in the tree does: binds, is read, or is only a label; and where every import leads. */
import type { Steps } from '../checker.ts';
import { sibling, type CodeNode } from '../code-tree.ts';
import { isComprehension, type Binding, type Scope } from './scopes.ts';

export interface Import {
  readonly node: CodeNode;
  /** Undefined: relative. */
  readonly module: string | undefined;
  /** For `from`: what is taken, with the node that names it; `*` for all. */
  readonly member?: string;
}

export interface Names {
  readonly imports: readonly Import[];
  /** Names that are not read: targets, labels of keyword arguments, parts of imports. */
  readonly notRead: ReadonlySet<CodeNode>;
  readonly bound: readonly { readonly node: CodeNode; readonly kind: Binding['kind'] }[];
}

type Context = {
  readonly scopes: ReadonlyMap<CodeNode, Scope>;
  readonly name: (node: CodeNode) => string;
  /** Whether the dotted path is a module. */
  readonly isModule: (path: string) => boolean;
};

export function* bindNames(nodes: readonly CodeNode[], { scopes, name, isModule }: Context): Steps<Names> {
  const imports: Import[] = [];
  const notRead = new Set<CodeNode>();
  const bound: { node: CodeNode; kind: Binding['kind'] }[] = [];

  /** `:=` in a comprehension binds around it. */
  const aroundComprehensions = (node: CodeNode, inside: Scope): Scope => {
    let scope = inside;
    for (let around = node.parent; around !== undefined; around = around.parent) {
      if (/^(?:FunctionDefinition|ClassDefinition|LambdaExpression)$/.test(around.name)) break;
      if (isComprehension(around)) scope = scopes.get(around)!;
    }
    return scope;
  };
  const bind = (
    node: CodeNode,
    kind: Binding['kind'],
    sure?: readonly [number, number],
    path?: string,
  ): void => {
    const id = name(node);
    let scope = scopes.get(node)!;
    if (node.parent!.name === 'NamedExpression') scope = aroundComprehensions(node, scope);
    const target = scope.target(id);
    const [surelyFrom, surelyTo] = sure ?? [0, 0];
    target.bind(id, { node, kind, surelyFrom, surelyTo, ...(path === undefined ? {} : { path }) });
    notRead.add(node);
    bound.push({ node, kind });
  };
  const bindTargets = (node: CodeNode, kind: Binding['kind'], sure?: readonly [number, number]): void => {
    const pending = [node];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next.name === 'VariableName') bind(next, kind, sure);
      else if (/^(?:Tuple|Array|Parenthesized)Expression$/.test(next.name)) pending.push(...next.children);
    }
  };

  for (let count = 0; count < nodes.length; count += 1) {
    const node = nodes[count]!;
    if (count % 500 === 0) yield;
    const { children } = node;
    const first = (label: string): number => children.findIndex((child) => child.name === label);
    switch (node.name) {
      case 'AssignStatement': {
        const last = children.findLastIndex((child) => child.name === 'AssignOp');
        const value = children[last + 1];
        const single = last !== -1 && last === children.length - 2 && value?.name === 'String';
        const targets = last === -1 ? children.slice(0, 1) : children.slice(0, last);
        const sure = last === -1 ? undefined : within(node, node.to);
        for (const target of targets) bindTargets(target, single ? 'literal' : 'plain', sure);
        break;
      }
      case 'UpdateStatement':
        if (children[0]?.name === 'VariableName') {
          bind(children[0], 'plain');
          notRead.delete(children[0]);
        }
        break;
      case 'NamedExpression':
      case 'TypeDefinition':
      case 'TypeParam':
      case 'CapturePattern': {
        const target = children.find((child) => child.name === 'VariableName');
        if (target !== undefined) bind(target, 'plain');
        break;
      }
      case 'AsPattern':
        bindTargets(children.at(-1)!, 'plain');
        break;
      case 'MappingPattern':
      case 'StarPattern':
        for (const child of children) if (child.name === 'VariableName') bind(child, 'plain');
        break;
      case 'ForStatement':
      case 'ArrayComprehensionExpression':
      case 'DictionaryComprehensionExpression':
      case 'SetComprehensionExpression':
      case 'ComprehensionExpression':
        bindLoop(node);
        break;
      case 'WithStatement':
        for (const child of children)
          if (sibling(child, -1)?.name === 'as') bindTargets(child, 'plain', within(node, child.to));
        break;
      case 'TryStatement':
        for (const child of children) if (sibling(child, -1)?.name === 'as') bindTargets(child, 'exception');
        break;
      case 'FunctionDefinition':
      case 'ClassDefinition': {
        const named = children[first(node.name === 'ClassDefinition' ? 'class' : 'def') + 1]!;
        bind(named, 'plain', within(node, named.to));
        break;
      }
      case 'ParamList':
        for (const child of children)
          if (child.name === 'VariableName' && sibling(child, -1)?.name !== 'AssignOp') bind(child, 'plain');
        break;
      case 'ScopeStatement':
        for (const child of children) notRead.add(child);
        break;
      case 'ArgList':
        bindLoop(node);
        for (const child of children)
          if (child.name === 'VariableName' && sibling(child, 1)?.name === 'AssignOp') notRead.add(child);
        break;
      case 'KeywordPattern':
        notRead.add(children[0]!);
        break;
      case 'ImportStatement':
        readImport(node);
        break;
    }
  }
  return { imports, notRead, bound };

  function bindLoop({ children }: CodeNode): void {
    const body = children.find((child) => child.name === 'Body');
    let inTarget = false;
    for (const child of children) {
      if (child.name === 'for') inTarget = true;
      else if (child.name === 'in') inTarget = false;
      else if (inTarget) bindTargets(child, 'plain', body && [child.to, body.to]);
    }
  }

  function readImport(node: CodeNode): void {
    const { children } = node;
    const sure = within(node, node.to);
    for (const child of children) notRead.add(child);
    const split = children.findIndex((child) => child.name === 'import');
    const from = children[0]!.name === 'from' ? children.slice(1, split) : undefined;
    const base = from
      ?.filter((child) => child.name === 'VariableName')
      .map(name)
      .join('.');
    const relative = from !== undefined && from[0]?.name !== 'VariableName';
    for (let at = split + 1; at < children.length; at += 1) {
      const start = children[at]!;
      if (start.name === '*') imports.push({ node: start, module: relative ? undefined : base, member: '*' });
      if (start.name !== 'VariableName') continue;
      const parts = [start];
      while (children[at + 1]?.name === '.') parts.push(children[(at += 2)]!);
      const path = parts.map(name).join('.');
      const alias = children[at + 1]?.name === 'as' ? children[(at += 2)] : undefined;
      if (from === undefined) {
        imports.push({ node: start, module: path });
        if (alias === undefined) bind(start, 'module', sure, name(start));
        else bind(alias, 'module', sure, path);
        continue;
      }
      imports.push({ node: start, module: relative ? undefined : base, member: path });
      const full = `${base}.${path}`;
      bind(alias ?? start, isModule(full) ? 'module' : 'plain', sure, full);
    }
  }
}

/** From an offset to the end of the block in which the statement stands. */
function within(statement: CodeNode, from: number): readonly [number, number] {
  let node: CodeNode | undefined = statement;
  while (node !== undefined && node.name !== 'Body' && node.name !== 'Script') node = node.parent;
  return [from, node === undefined ? 0 : node.name === 'Script' ? Number.POSITIVE_INFINITY : node.to];
}
