/** Every name and attribute that a text reads. */
import type { Steps } from '../checker.ts';
import { sibling, type CodeNode } from '../code-tree.ts';
import type { Report } from '../report.ts';
import type { CodeRules } from '../types.ts';
import type { Names } from './bindings.ts';
import { checkFormat } from './check-format.ts';
import { checkNetwork, isNetworkModule } from './check-network.ts';
import { isClassContext } from './class-context.ts';
import type { Modules } from './modules.ts';
import { HARMLESS, isDunder, LEAKING_ATTRIBUTES, RISKY, SAFE_DUNDERS } from './names.ts';
import type { Binding, Scope } from './scopes.ts';

export interface PythonText {
  readonly nodes: readonly CodeNode[];
  readonly scopes: ReadonlyMap<CodeNode, Scope>;
  readonly names: Names;
  readonly modules: Modules;
  readonly rules: CodeRules;
  readonly report: Report;
  readonly name: (node: CodeNode) => string;
  readonly slice: (node: CodeNode) => string;
}

export function* checkNames(text: PythonText): Steps {
  const { nodes, names, report } = text;
  const reader = new NameReader(text);
  const attributes = new Set(['PropertyName']);
  for (let count = 0; count < nodes.length; count += 1) {
    const node = nodes[count]!;
    if (count % 300 === 0) yield;
    if (report.full) return;
    if (node.name === 'VariableName') {
      const label = sibling(node, -1)?.name;
      if (node.parent!.name === 'Decorator' && label === '.') reader.attribute(node);
      else if (node.parent!.name === 'AttributePattern' && label === '.') reader.attribute(node);
      else if (!names.notRead.has(node)) reader.read(node);
    } else if (attributes.has(node.name)) reader.attribute(node);
    else if (node.name === 'KeywordPattern') reader.attribute(node.children[0]!);
    else if (node.name === 'ScopeStatement' || node.name === 'DeleteStatement') reader.unbinds(node);
  }
  for (const { node, kind } of names.bound) reader.bound(node, kind);
}

class NameReader {
  readonly #text: PythonText;
  readonly #globals: ReadonlySet<string>;

  constructor(text: PythonText) {
    this.#text = text;
    this.#globals = new Set(text.rules.globals ?? []);
  }

  /** A name is bound: dunder names mean something to Python itself. */
  bound(node: CodeNode, kind: Binding['kind']): void {
    const { scopes, name, report } = this.#text;
    const id = name(node);
    if (isDunder(id) && !SAFE_DUNDERS.has(id))
      report.add(node.from, node.to, `${id} changes how Python works`);
    if (this.#risky(id) && kind === 'exception')
      report.add(node.from, node.to, `${id} is unbound after the block, which uncovers the built-in`);
    if (kind === 'module' && scopes.get(node)!.kind === 'class')
      report.add(node.from, node.to, 'a module imported in a class can be reached as its attribute');
  }

  unbinds(node: CodeNode): void {
    const { name, report } = this.#text;
    for (const child of node.children)
      if (child.name === 'VariableName' && this.#risky(name(child)))
        report.add(
          child.from,
          child.to,
          `${name(child)} must not be ${node.children[0]!.name === 'del' ? 'deleted' : 'shared between scopes'}`,
        );
  }

  read(node: CodeNode): void {
    const { name, report, scopes, rules } = this.#text;
    const id = name(node);
    const found = scopes.get(node)!.resolve(id);
    if (found !== undefined && (!this.#risky(id) || this.#surely(found.scope, found.bound.all, node))) {
      const { module } = found.bound;
      if (module !== undefined && !isBase(node))
        report.add(
          node.from,
          node.to,
          `the module ${module.path} is used as a value; only its members may be used`,
        );
      const member = found.bound.member?.path;
      if (rules.hosts !== undefined && member !== undefined) checkNetwork(this.#text, node, member);
      return;
    }
    if (this.#globals.has(id)) return;
    if (id === 'type' && isClassContext(node, this.#text.slice)) return;
    if (id === 'hasattr' && this.#asksForHarmless(node)) return;
    if (HARMLESS.has(id) && id === this.#text.slice(node)) return;
    if (HARMLESS.has(id) && found === undefined) return;
    report.add(
      node.from,
      node.to,
      RISKY.has(id) || isDunder(id)
        ? `${id} is a way out of the text`
        : `the name ${id} is neither bound in the text nor permitted`,
    );
  }

  attribute(node: CodeNode): void {
    const { name, report, modules, rules } = this.#text;
    const attribute = name(node);
    const base = baseOf(node);
    const path = base === undefined ? undefined : this.#modulePath(base);
    if (path !== undefined) {
      const full = `${path}.${attribute}`;
      const problem = modules.memberProblem(path, attribute);
      if (problem !== undefined) return report.add(node.from, node.to, problem);
      if (modules.isModule(full) && !isBase(node.parent!) && node.parent!.name === 'MemberExpression')
        report.add(node.from, node.to, `the module ${full} is used as a value; only its members may be used`);
      else if (rules.hosts !== undefined && isNetworkModule(path))
        checkNetwork(this.#text, node.parent!, full);
      return;
    }
    const problem = this.#attributeProblem(attribute, node, base);
    if (problem !== undefined) return report.add(node.from, node.to, problem);
    if (attribute === 'format' || attribute === 'format_map')
      checkFormat(this.#text, base, (field) => this.#attributeProblem(field, undefined, undefined));
  }

  #attributeProblem(
    attribute: string,
    node: CodeNode | undefined,
    base: CodeNode | undefined,
  ): string | undefined {
    if (attribute === '__class__' && node !== undefined && isClassContext(node, this.#text.slice))
      return undefined;
    if (attribute.startsWith('__') && !SAFE_DUNDERS.has(attribute) && isDunder(attribute))
      return `${attribute} leads from an object to the interpreter`;
    const own = base?.name === 'VariableName' && ['self', 'cls'].includes(this.#text.name(base));
    if (LEAKING_ATTRIBUTES.has(attribute) && !(own && attribute === 'obj'))
      return `the attribute ${attribute} can lead out of the text`;
    return undefined;
  }

  /** The module that an expression is, if it is one. */
  #modulePath(node: CodeNode): string | undefined {
    const { name, scopes, modules } = this.#text;
    if (
      node.name === 'VariableName' &&
      sibling(node, -1)?.name === '.' &&
      node.parent!.name === 'Decorator'
    ) {
      const before = this.#modulePath(sibling(node, -2)!);
      const full = `${before}.${name(node)}`;
      return before !== undefined && modules.isModule(full) ? full : undefined;
    }
    if (node.name === 'VariableName') return scopes.get(node)!.resolve(name(node))?.bound.module?.path;
    if (node.name === 'ParenthesizedExpression' && node.children.length === 3)
      return this.#modulePath(node.children[1]!);
    const last = node.children.at(-1);
    if (node.name !== 'MemberExpression' || last?.name !== 'PropertyName') return undefined;
    const before = this.#modulePath(node.children[0]!);
    const full = `${before}.${name(last)}`;
    return before !== undefined && modules.isModule(full) ? full : undefined;
  }

  /** Names that mean a way out wherever the text's own binding does not hold. */
  #risky(id: string): boolean {
    return (
      (RISKY.has(id) || (isDunder(id) && !SAFE_DUNDERS.has(id) && !HARMLESS.has(id))) &&
      !this.#globals.has(id)
    );
  }

  /** Locals hide a built-in always; names of a module or a class only after they were bound. */
  #surely(scope: Scope, bindings: readonly Binding[], node: CodeNode): boolean {
    if (scope.kind === 'function') return true;
    return bindings.some(({ surelyFrom, surelyTo }) => surelyFrom <= node.from && node.to <= surelyTo);
  }

  #asksForHarmless(node: CodeNode): boolean {
    const asked = node.parent!.name === 'CallExpression' ? sibling(node, 1)?.children[3] : undefined;
    if (asked?.name !== 'String') return false;
    const attribute = this.#text.slice(asked).slice(1, -1);
    return /^\w+$/.test(attribute) && this.#attributeProblem(attribute, undefined, undefined) === undefined;
  }
}

/** The object whose attribute this is. */
function baseOf(node: CodeNode): CodeNode | undefined {
  return node.parent!.name === 'KeywordPattern' ? undefined : sibling(node, -2);
}

function isBase(node: CodeNode): boolean {
  const next = sibling(node, 1);
  return next?.name === '.' || (node.parent!.name === 'ParenthesizedExpression' && isBase(node.parent!));
}
