/**
 * Computed members whose key is not a number. One of them on plain data is harmless, whatever the key; two in a row can reach
 * `Function`. So what two of them may yield is never called, and where it goes out of sight nothing unknown is called at all.
 */
import type { Steps } from '../checker.ts';
import { sibling, type CodeNode } from '../code-tree.ts';
import type { JavaScriptText } from './javascript-text.ts';
import { argumentsOf, knownText } from './known-text.ts';
import { CALLING, LEADING_OUT, LOOKING, LOOKING_METHODS } from './names.ts';
import { isFunction } from './scopes.ts';
import { isComputed, keyOf, Values } from './values.ts';

const CALLED = 'what is called here is chosen at run time and may be a constructor of code';

export function* checkComputed(text: JavaScriptText): Steps {
  const { nodes, scopes, report, slice } = text;
  const values = new Values(text);
  yield* values.findNumbers();
  let escaped: CodeNode | undefined;
  for (let count = 0; count < nodes.length; count += 1) {
    const node = nodes[count]!;
    if (count % 200 === 0) yield;
    if (report.full) return;
    if (scopes.erased.has(node)) continue;
    const computed = node.name === 'MemberExpression' && isComputed(node);
    if (computed) {
      const key = keyOf(node);
      const known = key.name === 'String' ? undefined : knownText(text, key);
      if (known !== undefined && LEADING_OUT.has(known.text))
        report.add(key.from, key.to, `the property ${known.text} leads from a value to the interpreter`);
      if (isGlobalObject(text, node.children[0]!) && !values.isNumber(key) && key.name !== 'String')
        report.add(node.from, node.to, `a computed member of ${slice(node.children[0]!)}`);
    }
    if (node.name === 'PatternProperty' && node.children[0]!.name === '[') {
      const known = knownText(text, node.children[1]);
      if (known !== undefined && LEADING_OUT.has(known.text))
        report.add(node.from, node.to, `the property ${known.text} leads from a value to the interpreter`);
    }
    if (!(computed || node.name === 'VariableName') || values.height(node) < 2) continue;
    const use = useOf(text, node);
    if (use === 'called') report.add(node.from, node.to, CALLED);
    else if (use === 'escapes') escaped ??= node;
  }
  if (escaped === undefined) return;
  const call = nodes.find((node) => !scopes.erased.has(node) && callsUnknown(text, node));
  if (call !== undefined)
    report.add(
      escaped.from,
      escaped.to,
      `a value chosen at run time leaves sight here, and line ${lineOf(text.source, call.from)} calls a function that is not known`,
    );
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}

/** A namespace or a class of the language, of an import or of the text. */
function isGlobalObject({ scopes, slice }: JavaScriptText, node: CodeNode): boolean {
  if (node.name !== 'VariableName') return false;
  const binding = scopes.of.get(node)!.resolve(slice(node));
  return binding === undefined
    ? slice(node) !== 'arguments'
    : binding.sources.some((source) => ['import', 'function', 'class'].includes(source.kind));
}

type Use = 'called' | 'escapes' | 'looked at';

/** What becomes of a value: parentheses, casts and choices pass it on. */
function useOf(text: JavaScriptText, start: CodeNode): Use {
  const { slice } = text;
  let node = start;
  for (;;) {
    const parent: CodeNode = node.parent!;
    const before = sibling(node, -1);
    switch (parent.name) {
      case 'ParenthesizedExpression':
      case 'SequenceExpression':
      case 'PrefixCast':
        if (parent.parent!.name.endsWith('Statement')) return 'looked at';
        break;
      case 'InstantiationExpression':
        break;
      case 'PostfixExpression':
        if (slice(parent.children[1]!) !== '!') return 'looked at';
        break;
      case 'BinaryExpression':
        if (!['||', '&&', '??', 'as', 'satisfies'].includes(slice(parent.children[1]!))) return 'looked at';
        break;
      case 'ConditionalExpression':
        if (node.index === 0) return 'looked at';
        break;
      case 'CallExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
      case 'Decorator':
        return 'called';
      case 'ClassDeclaration':
      case 'ClassExpression':
        return 'called';
      case 'MemberExpression':
        if (node.index > 0) return 'looked at';
        return ['call', 'apply', 'bind'].includes(slice(parent.children.at(-1)!)) ? 'called' : 'looked at';
      case 'ArgList':
        return useOfArgument(text, parent.parent!);
      case 'AssignmentExpression':
        if (node.index === 0) return 'looked at';
        if (parent.children[0]!.name === 'VariableName') return 'looked at';
        // `x[k] = x[k] || …` puts back what was there.
        return slice(parent.children[0]!) === slice(start) ? 'looked at' : 'escapes';
      case 'VariableDeclaration':
        return 'looked at';
      case 'Interpolation':
      case 'UnaryExpression':
      case 'ExpressionStatement':
      case 'ForOfSpec':
      case 'ForInSpec':
      case 'CaseLabel':
      case 'ForSpec':
        return 'looked at';
      case 'Property':
        return node.index === 0 || before?.name === '[' || before?.name === 'Spread'
          ? 'looked at'
          : 'escapes';
      case 'ArrayExpression':
        return before?.name === 'Spread' ? 'looked at' : 'escapes';
      default:
        return parent.name.endsWith('Statement') &&
          parent.name !== 'ReturnStatement' &&
          parent.name !== 'ThrowStatement'
          ? 'looked at'
          : 'escapes';
    }
    node = parent;
  }
}

function useOfArgument({ slice, scopes }: JavaScriptText, call: CodeNode): Use {
  const callee = call.children[call.name === 'NewExpression' ? 1 : 0]!;
  const isGlobal = (node: CodeNode): boolean =>
    node.name === 'VariableName' &&
    LOOKING.has(slice(node)) &&
    scopes.of.get(node)!.resolve(slice(node)) === undefined;
  if (isGlobal(callee)) return 'looked at';
  if (callee.name !== 'MemberExpression') return 'escapes';
  const method = slice(callee.children.at(-1)!);
  if (isGlobal(callee.children[0]!) || LOOKING_METHODS.has(method)) return 'looked at';
  if (method === 'stringify' || method === 'parse' || method === 'assign') return 'escapes';
  return CALLING.has(method) ? 'called' : 'escapes';
}

/** Whether this calls something that may be any value of the program. */
function callsUnknown(text: JavaScriptText, node: CodeNode): boolean {
  const { slice, properties } = text;
  if (node.name === 'TaggedTemplateExpression') return !isKnownFunction(text, node.children[0]!);
  if (node.name !== 'CallExpression' && node.name !== 'NewExpression') return false;
  const callee = node.children[node.name === 'NewExpression' ? 1 : 0]!;
  const last = callee.name === 'MemberExpression' ? callee.children.at(-1)! : undefined;
  if (last === undefined || isComputed(callee)) return !isKnownFunction(text, callee);
  const method = slice(last);
  const values = properties.get(method) ?? [];
  if (values.some((value) => value !== undefined && !isLiteral(value))) return true;
  // What iterators, promises and events hand on under these names may be anything.
  if (/^(?:value|reason|detail|target|data)$/.test(method)) return true;
  if (!CALLING.has(method)) return false;
  const given = argumentsOf(node.children.at(-1));
  const places = CALLBACK_PLACES.get(method) ?? [0];
  return places.some((place) => {
    const argument = given[place];
    if (argument === undefined || isLiteral(argument)) return false;
    return PASSES_ON.has(argument.name) && !isKnownFunction(text, argument);
  });
}

/** Which arguments are called, where it is not the first. */
const CALLBACK_PLACES: ReadonlyMap<string, readonly number[]> = new Map([
  ...['replace', 'replaceAll', 'from', 'addEventListener', 'on', 'once', 'parse', 'stringify', 'groupBy'].map(
    (method): [string, number[]] => [method, [1]],
  ),
  ...['all', 'race', 'any', 'allSettled', 'assign'].map((method): [string, number[]] => [method, []]),
  ['then', [0, 1]],
]);

/** Expressions whose value may be a function made elsewhere. */
const PASSES_ON = new Set([
  'VariableName',
  'CallExpression',
  'MemberExpression',
  'AwaitExpression',
  'ConditionalExpression',
  'ParenthesizedExpression',
]);

const isLiteral = (node: CodeNode): boolean =>
  /^(?:ArrowFunction|FunctionExpression|Number|String|TemplateString|BooleanLiteral|null|ArrayExpression|ObjectExpression|RegExp|BinaryExpression|UnaryExpression)$/.test(
    node.name,
  );

function isKnownFunction(text: JavaScriptText, node: CodeNode): boolean {
  const { scopes, slice } = text;
  if (node.name === 'super' || node.name === 'ArrowFunction' || node.name === 'FunctionExpression')
    return true;
  if (node.name === 'ParenthesizedExpression') return isKnownFunction(text, node.children[1]!);
  if (node.name === 'InstantiationExpression') return isKnownFunction(text, node.children[0]!);
  if (node.name === 'MemberExpression') return !isComputed(node) || isTable(text, node.children[0]!);
  if (node.name !== 'VariableName') return false;
  const sources = scopes.of.get(node)!.resolve(slice(node))?.sources;
  if (sources === undefined) return true;
  return sources.every(
    (source) =>
      ['function', 'class', 'import'].includes(source.kind) ||
      (source.kind === 'parameter' && isExecutorParameter(source.of, slice)) ||
      (source.kind === 'expression' &&
        ['ArrowFunction', 'FunctionExpression', 'ClassExpression'].includes(source.node.name)),
  );
}

/** `resolve` and `reject`. */
function isExecutorParameter(of: CodeNode, slice: (node: CodeNode) => string): boolean {
  const made = of.parent!.name === 'ArgList' ? of.parent!.parent! : undefined;
  return made?.name === 'NewExpression' && /^Promise\b/.test(slice(made.children[1]!));
}

/** A constant object of functions that the text writes out and never changes: a table to choose from. */
function isTable({ scopes, slice }: JavaScriptText, node: CodeNode): boolean {
  const binding = node.name === 'VariableName' ? scopes.of.get(node)!.resolve(slice(node)) : undefined;
  const source = binding?.keyword === 'const' ? binding.sources[0] : undefined;
  if (source?.kind !== 'expression' || source.node.name !== 'ObjectExpression') return false;
  const written = source.node.children
    .filter((child) => child.name === 'Property')
    .every(
      (property) =>
        isFunction(property) ||
        ['ArrowFunction', 'FunctionExpression'].includes(property.children.at(-1)!.name),
    );
  const changed = binding!.reads.some(
    ({ parent, index }) =>
      parent!.name !== 'MemberExpression' ||
      index !== 0 ||
      (parent!.parent!.name === 'AssignmentExpression' && parent!.index === 0),
  );
  return written && !changed;
}
