/** Who binds what where, by the scoping of ECMAScript, and from which expressions each binding takes its values. */
import type { Steps } from '../checker.ts';
import { sibling, type CodeNode } from '../code-tree.ts';

export type Source =
  | { readonly kind: 'expression'; readonly node: CodeNode }
  | { readonly kind: 'function' | 'class' | 'import' | 'number' | 'nothing' | 'unknown' | 'computed' }
  | { readonly kind: 'parameter'; readonly of: CodeNode; readonly place: number };

export interface Binding {
  readonly name: string;
  readonly node: CodeNode;
  readonly keyword: string;
  /** Of `import`: the module. */
  readonly module: string | undefined;
  readonly sources: Source[];
  readonly reads: CodeNode[];
}

export class Scope {
  readonly isFunction: boolean;
  readonly parent: Scope | undefined;
  readonly bindings = new Map<string, Binding>();

  constructor(isFunction: boolean, parent?: Scope) {
    this.isFunction = isFunction;
    this.parent = parent;
  }

  resolve(name: string): Binding | undefined {
    let found = this.bindings.get(name);
    for (let scope = this.parent; found === undefined && scope !== undefined; scope = scope.parent)
      found = scope.bindings.get(name);
    return found;
  }
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunction',
  'MethodDeclaration',
  'StaticBlock',
  'NamespaceDeclaration',
]);
const BLOCKS = new Set([
  'Block',
  'ForStatement',
  'CatchClause',
  'SwitchBody',
  'ClassExpression',
  'ClassDeclaration',
]);
/** What only types are made of: erased before the text runs. */
const TYPES = new Set([
  'TypeAnnotation',
  'TypeArgList',
  'TypeParamList',
  'TypeAliasDeclaration',
  'InterfaceDeclaration',
  'TypePredicate',
  'TypeofType',
  'ObjectType',
]);

export const isFunction = (node: CodeNode): boolean =>
  FUNCTIONS.has(node.name) ||
  (node.name === 'Property' && node.children.some((child) => child.name === 'ParamList'));

export interface Scopes {
  readonly of: ReadonlyMap<CodeNode, Scope>;
  /** Nodes that are erased with the types. */
  readonly erased: ReadonlySet<CodeNode>;
  readonly bindings: readonly Binding[];
}

export function* scopesOf(nodes: readonly CodeNode[], slice: (node: CodeNode) => string): Steps<Scopes> {
  const of = new Map<CodeNode, Scope>();
  const inner = new Map<CodeNode, Scope>();
  const erased = new Set<CodeNode>();
  const bindings: Binding[] = [];

  const declare = (
    node: CodeNode,
    keyword: string,
    source: Source,
    start = of.get(node)!,
    module?: string,
  ): void => {
    let scope = start;
    if (keyword === 'var') while (!scope.isFunction && scope.parent !== undefined) scope = scope.parent;
    const name = slice(node);
    const known = scope.bindings.get(name);
    if (known !== undefined) return void known.sources.push(source);
    const binding: Binding = { name, node, keyword, module, sources: [source], reads: [] };
    scope.bindings.set(name, binding);
    bindings.push(binding);
  };

  for (let count = 0; count < nodes.length; count += 1) {
    const node = nodes[count]!;
    if (count % 500 === 0) yield;
    const { parent, name } = node;
    const scope = parent === undefined ? new Scope(true) : (inner.get(parent) ?? of.get(parent)!);
    of.set(node, scope);
    if (parent !== undefined && (erased.has(parent) || TYPES.has(name) || isTypeOperand(node))) {
      erased.add(node);
      continue;
    }
    if (isFunction(node)) inner.set(node, new Scope(true, scope));
    // Defaults of parameters do not see what the body binds.
    else if (name === 'Block' && isFunction(parent!)) inner.set(node, new Scope(true, scope));
    else if (BLOCKS.has(name)) inner.set(node, new Scope(false, scope));
    if (name === 'VariableDefinition' || (name === 'TypeDefinition' && parent!.name === 'EnumDeclaration'))
      bindDefinition(node);
  }
  return { of, erased, bindings };

  function bindDefinition(node: CodeNode): void {
    const parent = node.parent!;
    switch (parent.name) {
      case 'FunctionDeclaration':
        if (!isMade(parent)) return;
        return declare(node, 'function', { kind: 'function' }, of.get(parent)!);
      case 'FunctionExpression':
        return declare(node, 'function', { kind: 'function' });
      case 'ClassDeclaration':
        return declare(node, 'class', { kind: 'class' }, of.get(parent)!);
      case 'ClassExpression':
        return declare(node, 'class', { kind: 'class' });
      case 'EnumDeclaration':
        return declare(node, 'enum', { kind: 'expression', node: parent });
      case 'NamespaceDeclaration':
        return declare(node, 'namespace', { kind: 'function' }, of.get(parent)!);
      case 'ImportDeclaration':
      case 'ImportGroup': {
        const whole = parent.name === 'ImportGroup' ? parent.parent! : parent;
        const typeOnly = whole.children[1]?.name === 'type' || sibling(node, -1)?.name === 'type';
        const module = whole.children.find((child) => child.name === 'String');
        if (!typeOnly)
          declare(node, 'import', { kind: 'import' }, of.get(node)!, module && slice(module).slice(1, -1));
        return;
      }
    }
    bindInPattern(node);
  }

  function declareInLoop(node: CodeNode, head: CodeNode, taken: Source): void {
    const keyword = head.children.find((child) =>
      ['const', 'let', 'var', 'using'].includes(child.name),
    )?.name;
    if (keyword !== undefined) declare(node, keyword, taken);
  }

  function bindInPattern(node: CodeNode): void {
    let pattern = node;
    let around = node.parent!;
    while (/Pattern$|^PatternProperty$/.test(around.name)) {
      pattern = around;
      around = around.parent!;
    }
    const direct = pattern === node;
    const computed = node.parent!.name === 'PatternProperty' && node.parent!.children[0]!.name === '[';
    const taken: Source = { kind: computed ? 'computed' : 'unknown' };
    const simple = direct ? valueAfter(node) : undefined;
    switch (around.name) {
      case 'VariableDeclaration': {
        const keyword = around.children[0]!.name;
        const source: Source = !direct
          ? taken
          : simple === undefined
            ? { kind: 'nothing' }
            : { kind: 'expression', node: simple };
        return declare(node, keyword, source);
      }
      case 'ParamList': {
        const places = around.children.filter((child) => /^VariableDefinition$|Pattern$/.test(child.name));
        const spread = sibling(pattern, -1)?.name === 'Spread';
        declare(
          node,
          'param',
          direct && !spread
            ? { kind: 'parameter', of: around.parent!, place: places.indexOf(pattern) }
            : taken,
        );
        if (simple !== undefined) declare(node, 'param', { kind: 'expression', node: simple });
        return;
      }
      case 'ForOfSpec':
      case 'ForInSpec':
        return declareInLoop(node, around, taken);
      case 'CatchClause':
        return declare(node, 'catch', taken);
      case 'AssignmentExpression':
        // `[a, b] = …` binds nothing: the names must exist. They are checked as names that are read.
        return;
      default:
        return;
    }
  }
}

/** Not a signature alone, which is erased, and not the branch of an `if`, which may never run. */
function isMade(declaration: CodeNode): boolean {
  let around = declaration.parent;
  while (around?.name === 'LabeledStatement') around = around.parent;
  return around?.name !== 'IfStatement' && declaration.children.some((child) => child.name === 'Block');
}

/** The expression after `=` that belongs to this definition. */
function valueAfter(node: CodeNode): CodeNode | undefined {
  let at = 1;
  while (['TypeAnnotation', 'Optional', 'LogicOp'].includes(sibling(node, at)?.name ?? '')) at += 1;
  return sibling(node, at)?.name === 'Equals' ? sibling(node, at + 1) : undefined;
}

/** `x as T`, `x satisfies T`, `<T>x`, `implements T` */
function isTypeOperand(node: CodeNode): boolean {
  const before = sibling(node, -1)?.name;
  if (before === 'as' || before === 'satisfies') return node.parent!.name === 'BinaryExpression';
  if (node.parent!.name === 'PrefixCast') return node !== node.parent!.children.at(-1);
  return before === 'implements' || /Type$|^TypeName$/.test(node.name);
}
