/** What an expression may be at run time, as far as computed members need it. */
import type { Steps } from '../checker.ts';
import type { CodeNode } from '../code-tree.ts';
import type { JavaScriptText } from './javascript-text.ts';
import { argumentsOf } from './known-text.ts';
import { FRESH, NUMERIC } from './names.ts';
import type { Binding, Source } from './scopes.ts';

/**
 * How far computed members may have climbed: 0 plain data; 1 possibly a function, whose own `constructor` a computed member could
 * name; 2 possibly that constructor.
 */
export type Height = 0 | 1 | 2;

const ARITHMETIC = /^(?:-|\*|\/|%|\*\*|\||&|\^|<<|>>|>>>)=?$/;
const INDEX_PLACE: Readonly<Record<string, number>> = {
  map: 1,
  forEach: 1,
  filter: 1,
  some: 1,
  every: 1,
  find: 1,
  findIndex: 1,
  findLast: 1,
  findLastIndex: 1,
  flatMap: 1,
  from: 1,
  reduce: 2,
  reduceRight: 2,
};

export class Values {
  readonly #text: JavaScriptText;
  readonly #heights = new Map<CodeNode, Height>();
  readonly #bindingHeights = new Map<Binding, Height>();
  readonly #notNumbers = new Set<Binding | string>();

  constructor(text: JavaScriptText) {
    this.#text = text;
  }

  /** Finds the names that are only ever numbers: all are taken for such until one of their values is not. */
  *findNumbers(): Steps {
    const { scopes, properties } = this.#text;
    for (let changed = true; changed;) {
      changed = false;
      for (let count = 0; count < scopes.bindings.length; count += 1) {
        const binding = scopes.bindings[count]!;
        if (count % 100 === 0) yield;
        if (this.#notNumbers.has(binding)) continue;
        if (binding.sources.every((source) => this.#numericSource(source, binding))) continue;
        this.#notNumbers.add(binding);
        changed = true;
      }
      for (const name of ['length', 'size']) {
        const values = properties.get(name);
        if (values === undefined || this.#notNumbers.has(name)) continue;
        if (values.every((value) => value !== undefined && this.isNumber(value))) continue;
        this.#notNumbers.add(name);
        changed = true;
      }
    }
  }

  isNumber(node: CodeNode): boolean {
    const { slice, scopes } = this.#text;
    const { children } = node;
    switch (node.name) {
      case 'Number':
        return true;
      case 'ParenthesizedExpression':
        return this.isNumber(children[1]!);
      case 'UnaryExpression':
        return /^(?:[+\-~]|\+\+|--)$/.test(slice(children[0]!));
      case 'PostfixExpression':
        return slice(children[1]!) !== '!' || this.isNumber(children[0]!);
      case 'BinaryExpression': {
        const operator = slice(children[1]!);
        if (ARITHMETIC.test(operator)) return true;
        if (operator === 'as' || operator === 'satisfies') return this.isNumber(children[0]!);
        return (
          ['+', '||', '&&', '??'].includes(operator) &&
          this.isNumber(children[0]!) &&
          this.isNumber(children[2]!)
        );
      }
      case 'ConditionalExpression':
        return this.isNumber(children[2]!) && this.isNumber(children[4]!);
      case 'AssignmentExpression': {
        const operator = slice(children[1]!);
        if (ARITHMETIC.test(operator)) return true;
        return this.isNumber(children[2]!) && (operator === '=' || this.isNumber(children[0]!));
      }
      case 'VariableName': {
        const binding = scopes.of.get(node)!.resolve(slice(node));
        return binding === undefined
          ? ['NaN', 'Infinity', 'undefined'].includes(slice(node))
          : !this.#notNumbers.has(binding);
      }
      case 'MemberExpression': {
        const name = slice(children.at(-1)!);
        return (
          (name === 'length' || name === 'size') &&
          children.at(-1)!.name === 'PropertyName' &&
          !this.#notNumbers.has(name)
        );
      }
      case 'CallExpression':
        return this.#isNumericCall(node);
      default:
        return false;
    }
  }

  #isNumericCall(node: CodeNode): boolean {
    const { slice, properties } = this.#text;
    const callee = node.children[0]!;
    if (callee.name === 'VariableName') return this.#isGlobal(callee, 'Number', 'parseInt', 'parseFloat');
    if (callee.name !== 'MemberExpression' || callee.children.at(-1)!.name !== 'PropertyName') return false;
    if (this.#isGlobal(callee.children[0]!, 'Math')) return true;
    const name = slice(callee.children.at(-1)!);
    return NUMERIC.has(name) && !properties.has(name);
  }

  #isGlobal(node: CodeNode, ...names: readonly string[]): boolean {
    const { slice, scopes } = this.#text;
    return (
      node.name === 'VariableName' &&
      names.includes(slice(node)) &&
      scopes.of.get(node)!.resolve(slice(node)) === undefined
    );
  }

  #numericSource(source: Source, binding: Binding): boolean {
    switch (source.kind) {
      case 'number':
      case 'nothing':
        return true;
      case 'expression':
        return this.isNumber(source.node);
      case 'parameter':
        return this.#numericParameter(source.of, source.place, binding);
      default:
        return false;
    }
  }

  /** A parameter of a function that is only ever called by its name, or that an array method gives an index. */
  #numericParameter(of: CodeNode, place: number, binding: Binding): boolean {
    const { slice, scopes, methodCalls, properties, nodes } = this.#text;
    if (of.parent!.name === 'ArgList') {
      const callee = of.parent!.parent!.children[0]!;
      const method = callee.name === 'MemberExpression' ? slice(callee.children.at(-1)!) : '';
      return INDEX_PLACE[method] === place && !properties.has(method);
    }
    const given = (calls: readonly CodeNode[]): boolean =>
      calls.every((call) => {
        const list = argumentsOf(call.children.at(-1));
        const argument = list[place];
        if (list.some((one) => one.name === 'Spread')) return false;
        return argument === undefined || this.isNumber(argument);
      });
    const named =
      of.name === 'ArrowFunction' || of.name === 'FunctionExpression'
        ? definitionBefore(of)
        : of.children.find((child) => child.name === 'VariableDefinition');
    if (of.name === 'MethodDeclaration') {
      const label = of.children.find((child) => child.name.endsWith('PropertyDefinition'));
      const name = label === undefined ? undefined : slice(label);
      if (name === undefined || name === 'constructor' || nodes.length > 20_000) return false;
      if ((properties.get(name)?.length ?? 0) !== 1 || callsComputed(nodes)) return false;
      return readOnlyCalled(nodes, name, slice) && given(methodCalls.get(name) ?? []);
    }
    const own = named === undefined ? undefined : scopes.of.get(named)!.resolve(slice(named));
    if (own === undefined || own.sources.length !== 1 || own.node !== named || own === binding) return false;
    const calls = own.reads.map((read) => read.parent!);
    return (
      own.reads.every((read, index) => calls[index]!.name === 'CallExpression' && read.index === 0) &&
      given(calls)
    );
  }

  /** How high a value may have climbed. */
  height(node: CodeNode): Height {
    const known = this.#heights.get(node);
    if (known !== undefined) return known;
    this.#heights.set(node, 0);
    const height = this.#height(node);
    this.#heights.set(node, height);
    return height;
  }

  #height(node: CodeNode): Height {
    const { slice, scopes } = this.#text;
    const { children } = node;
    switch (node.name) {
      case 'VariableName': {
        const binding = scopes.of.get(node)!.resolve(slice(node));
        return binding === undefined ? 1 : this.bindingHeight(binding);
      }
      case 'ParenthesizedExpression':
        return this.height(children[1]!);
      case 'PostfixExpression':
        return slice(children[1]!) === '!' ? this.height(children[0]!) : 0;
      case 'PrefixCast':
      case 'SequenceExpression':
      case 'InstantiationExpression':
        return this.height(children.at(node.name === 'InstantiationExpression' ? 0 : -1)!);
      case 'ConditionalExpression':
        return higher(this.height(children[2]!), this.height(children[4]!));
      case 'AssignmentExpression':
        return slice(children[1]!) === '='
          ? this.height(children[2]!)
          : /^(?:\|\||&&|\?\?)=$/.test(slice(children[1]!))
            ? higher(this.height(children[0]!), this.height(children[2]!))
            : 0;
      case 'BinaryExpression': {
        const operator = slice(children[1]!);
        if (operator === 'as' || operator === 'satisfies') return this.height(children[0]!);
        return ['||', '&&', '??'].includes(operator)
          ? higher(this.height(children[0]!), this.height(children[2]!))
          : 0;
      }
      case 'Number':
      case 'String':
      case 'TemplateString':
      case 'BooleanLiteral':
      case 'null':
      case 'RegExp':
      case 'ArrayExpression':
      case 'ObjectExpression':
      case 'UnaryExpression':
      case 'EnumDeclaration':
        return 0;
      case 'NewExpression':
        return children[1]!.name === 'VariableName' &&
          scopes.of.get(node)!.resolve(slice(children[1]!)) === undefined
          ? 0
          : this.#isGenericGlobal(children[1]!)
            ? 0
            : 1;
      case 'CallExpression':
        return this.#isFresh(node) ? 0 : 1;
      case 'MemberExpression':
        return this.#memberHeight(node);
      default:
        return 1;
    }
  }

  /** `new Map<string, number>()` */
  #isGenericGlobal(node: CodeNode): boolean {
    return (
      node.name === 'InstantiationExpression' &&
      node.children[0]!.name === 'VariableName' &&
      this.#text.scopes.of.get(node)!.resolve(this.#text.slice(node.children[0]!)) === undefined
    );
  }

  #isFresh(node: CodeNode): boolean {
    const { slice, properties } = this.#text;
    const callee = node.children[0]!;
    if (callee.name !== 'MemberExpression' || callee.children.at(-1)!.name !== 'PropertyName') return false;
    const name = slice(callee.children.at(-1)!);
    return FRESH.has(name) && !properties.has(name);
  }

  #memberHeight(node: CodeNode): Height {
    const object = this.height(node.children[0]!);
    if (!isComputed(node)) return 1;
    const key = keyOf(node);
    if (key.name === 'String') return 1;
    if (this.isNumber(key)) return higher(object, 1);
    return object === 0 ? 1 : 2;
  }

  bindingHeight(binding: Binding): Height {
    const known = this.#bindingHeights.get(binding);
    if (known !== undefined) return known;
    this.#bindingHeights.set(binding, 0);
    const height = binding.sources
      .map((source): Height => {
        if (source.kind === 'expression') return this.height(source.node);
        if (source.kind === 'computed') return 2;
        return source.kind === 'number' || source.kind === 'nothing' ? 0 : 1;
      })
      .reduce(higher, 0);
    this.#bindingHeights.set(binding, height);
    return height;
  }
}

const higher = (one: Height, other: Height): Height => (one > other ? one : other);

export const isComputed = (node: CodeNode): boolean => node.children.some((child) => child.name === '[');

/** The expression between the brackets. */
export function keyOf(node: CodeNode): CodeNode {
  return node.children[node.children.findIndex((child) => child.name === '[') + 1]!;
}

/** `const name = (…) => …` */
function definitionBefore(node: CodeNode): CodeNode | undefined {
  if (node.parent!.name !== 'VariableDeclaration') return undefined;
  return node.parent!.children.slice(0, node.index).findLast((child) => child.name === 'VariableDefinition');
}

function callsComputed(nodes: readonly CodeNode[]): boolean {
  return nodes.some(
    (node) =>
      node.name === 'CallExpression' &&
      node.children[0]!.name === 'MemberExpression' &&
      isComputed(node.children[0]!),
  );
}

function readOnlyCalled(
  nodes: readonly CodeNode[],
  name: string,
  slice: (node: CodeNode) => string,
): boolean {
  return nodes.every(
    (node) =>
      node.name !== 'PropertyName' ||
      slice(node) !== name ||
      (node.parent!.name === 'MemberExpression' &&
        node.parent!.parent!.name === 'CallExpression' &&
        node.parent!.index === 0),
  );
}
