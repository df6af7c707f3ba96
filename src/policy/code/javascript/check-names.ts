/** Every name that is read, and every use of `this`. */
import type { Steps } from '../checker.ts';
import { enclosing, sibling, type CodeNode } from '../code-tree.ts';
import { checkFetch, checkNetworkImport, isNetworkGlobal } from './check-fetch.ts';
import { inAssignedPattern } from './collect-assignments.ts';
import type { JavaScriptText } from './javascript-text.ts';
import { argumentsOf, unescaped } from './known-text.ts';
import { ACTING, HARMLESS, TIMERS } from './names.ts';
import { isFunction } from './scopes.ts';

export function* checkNames(text: JavaScriptText): Steps {
  const { nodes, scopes, report, rules } = text;
  for (let count = 0; count < nodes.length; count += 1) {
    const node = nodes[count]!;
    if (count % 500 === 0) yield;
    if (report.full) return;
    if (node.name === 'ImportDeclaration' || node.name === 'ExportDeclaration') checkImport(text, node);
    if (scopes.erased.has(node)) continue;
    if (node.name === 'VariableName' && !isLabel(node)) checkRead(text, node);
    else if (isShorthand(node)) checkRead(text, node);
    else if (node.name === 'VariableDefinition' && inAssignedPattern(node)) checkRead(text, node);
    else if (node.name === 'this') checkThis(text, node);
  }
  for (const { name, keyword, node, module } of scopes.bindings) {
    // At the top of a script, `var` finds the host's global and leaves it as it is. Namespaces and enums may leave nothing at all.
    const hides = keyword === 'var' ? !isTop(node) : keyword !== 'enum' && keyword !== 'namespace';
    if (!hides && (ACTING.has(name) || TIMERS.has(name)) && scopes.of.get(node)!.resolve(name) !== undefined)
      report.add(node.from, node.to, `${keyword} does not hide the global ${name}`);
    if (module !== undefined && rules.hosts !== undefined) checkNetworkImport(text, name, module, node);
  }
}

function isTop(node: CodeNode): boolean {
  for (let around = node.parent; around !== undefined; around = around.parent)
    if (isFunction(around)) return false;
  return true;
}

/** Names that stand for themselves: `import { x as … }`, `export { … as x }`. */
function isLabel(node: CodeNode): boolean {
  const group = node.parent!.name;
  if (group === 'ImportGroup') return true;
  if (group !== 'ExportGroup') return node.parent!.name === 'ExportDeclaration';
  return (
    sibling(node, -1)?.name === 'as' || node.parent!.parent!.children.some((child) => child.name === 'String')
  );
}

/** `{ name }` in an object reads the name. */
function isShorthand(node: CodeNode): boolean {
  return (
    node.name === 'PropertyDefinition' &&
    node.parent!.name === 'Property' &&
    node.parent!.children.length === 1
  );
}

function checkRead(text: JavaScriptText, node: CodeNode): void {
  const { scopes, slice, report, rules } = text;
  const name = slice(node);
  if (scopes.of.get(node)!.resolve(name) !== undefined) return;
  if (rules.globals?.includes(name) === true) {
    if (isNetworkGlobal(name) && rules.hosts !== undefined) checkFetch(text, node);
    return;
  }
  if (name === 'require' && isRequire(text, node)) return;
  if ((name === 'module' || name === 'exports') && isExport(node, slice)) return;
  if (TIMERS.has(name)) return checkTimer(text, node);
  if (HARMLESS.has(name)) return;
  report.add(
    node.from,
    node.to,
    ACTING.has(name)
      ? `${name} is not permitted`
      : `the name ${name} is neither bound in the text nor permitted`,
  );
}

function isExport(node: CodeNode, slice: (node: CodeNode) => string): boolean {
  const member = node.parent!;
  if (member.name !== 'MemberExpression' || node.index !== 0 || sibling(node, 1)?.name !== '.') return false;
  if (slice(node) === 'module' && slice(member.children.at(-1)!) !== 'exports') return false;
  let target = member;
  while (target.parent!.name === 'MemberExpression' && target.index === 0) target = target.parent!;
  return target.parent!.name === 'AssignmentExpression' && target.index === 0;
}

function checkTimer({ report, scopes, slice }: JavaScriptText, node: CodeNode): void {
  const call = node.parent!;
  const [first] = call.name === 'CallExpression' && node.index === 0 ? argumentsOf(call.children.at(-1)) : [];
  const sources =
    first?.name === 'VariableName' ? scopes.of.get(first)!.resolve(slice(first))?.sources : undefined;
  const isFunctionValue = (value: CodeNode | undefined): boolean =>
    value !== undefined && (value.name === 'ArrowFunction' || value.name === 'FunctionExpression');
  const given =
    isFunctionValue(first) ||
    (sources?.every(
      (source) =>
        source.kind === 'function' ||
        source.kind === 'import' ||
        (source.kind === 'expression' && isFunctionValue(source.node)) ||
        (source.kind === 'parameter' && isExecutor(source.of, slice)),
    ) ??
      false);
  if (!given) report.add(node.from, node.to, `${slice(node)} must be given a function that is written here`);
}

/** The function in `new Promise((resolve) => …)`. */
function isExecutor(node: CodeNode, slice: (node: CodeNode) => string): boolean {
  const made = node.parent!.name === 'ArgList' ? node.parent!.parent! : undefined;
  return made?.name === 'NewExpression' && /^Promise\b/.test(slice(made.children[1]!));
}

/** Outside classes `this` may be the host's global object. */
function checkThis({ report, slice }: JavaScriptText, node: CodeNode): void {
  if (enclosing(node, 'ClassBody') !== undefined) return;
  const member = node.parent!;
  const property =
    member.name === 'MemberExpression' && sibling(node, 1)?.name === '.'
      ? slice(member.children.at(-1)!)
      : undefined;
  if (property === undefined || ACTING.has(property) || TIMERS.has(property) || isTop(node))
    report.add(node.from, node.to, 'outside a class, this may be the global object');
}

function moduleAllowed(text: JavaScriptText, module: string): boolean {
  const plain = (name: string): string => name.replace(/^node:/, '');
  return (text.rules.imports ?? []).some(
    (allowed) => plain(module) === plain(allowed) || plain(module).startsWith(`${plain(allowed)}/`),
  );
}

function checkImport(text: JavaScriptText, node: CodeNode): void {
  const module = node.children.find((child) => child.name === 'String');
  if (module === undefined) return;
  const name = unescaped(text.slice(module).slice(1, -1));
  if (name.split('/').includes('..') || !moduleAllowed(text, name))
    text.report.add(module.from, module.to, `the module ${name} is not among the permitted imports`);
}

function isRequire(text: JavaScriptText, node: CodeNode): boolean {
  const call = node.parent!;
  const given = call.name === 'CallExpression' && node.index === 0 ? argumentsOf(call.children.at(-1)) : [];
  return (
    given.length === 1 &&
    given[0]!.name === 'String' &&
    moduleAllowed(text, unescaped(text.slice(given[0]!).slice(1, -1)))
  );
}
