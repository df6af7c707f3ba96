/** Who binds what where: the scopes of a Python text by the rules of the language reference, 4.2 "Naming and binding". */
import type { CodeNode } from '../code-tree.ts';
import { sibling } from '../code-tree.ts';
import type { Steps } from '../checker.ts';

export interface Binding {
  readonly node: CodeNode;
  readonly kind: 'module' | 'literal' | 'exception' | 'plain';
  /** For `module`: its dotted path. */
  readonly path?: string;
  /** Where the binding surely holds: from the end of its statement to the end of the block it stands in. */
  readonly surelyFrom: number;
  readonly surelyTo: number;
}

/** What a scope binds to one name. */
export interface Bound {
  readonly all: Binding[];
  /** The first that is a module, the first that is a member of one. */
  module?: Binding;
  member?: Binding;
}

export class Scope {
  readonly kind: 'module' | 'class' | 'function';
  readonly parent: Scope | undefined;
  readonly bindings = new Map<string, Bound>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();

  constructor(kind: Scope['kind'], parent?: Scope) {
    this.kind = kind;
    this.parent = parent;
  }

  get module(): Scope {
    return this.parent?.module ?? this;
  }

  /** The bindings that a name read here may mean, and the scope that holds them. */
  resolve(name: string): { readonly scope: Scope; readonly bound: Bound } | undefined {
    if (this.globals.has(name)) return this.module.#own(name);
    const own = this.nonlocals.has(name) ? undefined : this.#own(name);
    if (own !== undefined) return own;
    for (let scope = this.parent; scope !== undefined; scope = scope.parent) {
      if (scope.kind === 'class') continue;
      if (scope.globals.has(name)) return this.module.#own(name);
      const found = scope.#own(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  bind(name: string, binding: Binding): void {
    let bound = this.bindings.get(name);
    if (bound === undefined) this.bindings.set(name, (bound = { all: [] }));
    bound.all.push(binding);
    if (binding.kind === 'module') bound.module ??= binding;
    else if (binding.path !== undefined) bound.member ??= binding;
  }

  /** The scope that a binding of the name here goes to. */
  target(name: string): Scope {
    if (this.globals.has(name)) return this.module;
    if (!this.nonlocals.has(name)) return this;
    let scope = this.parent;
    while (scope?.parent !== undefined && (scope.kind === 'class' || !scope.bindings.has(name)))
      scope = scope.parent;
    return scope ?? this;
  }

  #own(name: string): { readonly scope: Scope; readonly bound: Bound } | undefined {
    const bound = this.bindings.get(name);
    return bound === undefined ? undefined : { scope: this, bound };
  }
}

/** Also `f(x for x in y)`, where the arguments themselves are one. */
export const isComprehension = ({ name, children }: CodeNode): boolean =>
  name.endsWith('ComprehensionExpression') ||
  (name === 'ArgList' && children.some((child) => child.name === 'for'));

/** The scope in which each node is evaluated. */
export function* scopesOf(
  nodes: readonly CodeNode[],
  slice: (node: CodeNode) => string,
): Steps<Map<CodeNode, Scope>> {
  const scopes = new Map<CodeNode, Scope>();
  const inner = new Map<CodeNode, Scope>();
  for (let count = 0; count < nodes.length; count += 1) {
    const node = nodes[count]!;
    if (count % 500 === 0) yield;
    const { parent, name } = node;
    const around = parent === undefined ? new Scope('module') : scopes.get(parent)!;
    const own = parent === undefined ? undefined : inner.get(parent);
    const scope = own !== undefined && isInside(node) ? own : around;
    scopes.set(node, scope);
    if (name === 'FunctionDefinition' || name === 'LambdaExpression')
      inner.set(node, new Scope('function', scope));
    else if (name === 'ClassDefinition') inner.set(node, new Scope('class', scope));
    else if (isComprehension(node)) inner.set(node, new Scope('function', scope));
    // Parameters are bound inside; their defaults and annotations are read outside.
    else if (name === 'ParamList') inner.set(node, inner.get(parent!)!);
    else if (name === 'ScopeStatement') declare(node, scope, slice);
  }
  return scopes;
}

function isInside(node: CodeNode): boolean {
  const { parent, name } = node;
  switch (parent!.name) {
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return name === 'Body';
    case 'LambdaExpression':
      return name !== 'ParamList';
    case 'ParamList':
      return name === 'VariableName' && sibling(node, -1)?.name !== 'AssignOp';
    default:
      return !isFirstIterable(node);
  }
}

/** The first iterable of a comprehension is read in the scope around it. */
function isFirstIterable(node: CodeNode): boolean {
  if (sibling(node, -1)?.name !== 'in') return false;
  return !node.parent!.children.slice(0, node.index - 1).some((before) => before.name === 'in');
}

function declare(node: CodeNode, scope: Scope, slice: (node: CodeNode) => string): void {
  const isGlobal = node.children[0]?.name === 'global';
  for (const child of node.children)
    if (child.name === 'VariableName') (isGlobal ? scope.globals : scope.nonlocals).add(slice(child));
}
