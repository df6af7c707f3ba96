/** What is known of a string before the text runs. */
import type { CodeNode } from '../code-tree.ts';
import type { KnownText } from '../hosts.ts';
import type { PythonText } from './check-names.ts';
import { literalValue, scanLiterals } from './literals.ts';

/** Every text that the expression can be, when all of them are literals. */
export function literalsOf(text: PythonText, node: CodeNode): readonly string[] | undefined {
  switch (node.name) {
    case 'String':
      return [valueOf(text, node)];
    case 'ContinuedString':
      return node.children.every((child) => child.name === 'String')
        ? [node.children.map((child) => valueOf(text, child)).join('')]
        : undefined;
    case 'ParenthesizedExpression':
      return node.children.length === 3 ? literalsOf(text, node.children[1]!) : undefined;
    case 'VariableName': {
      const found = text.scopes.get(node)!.resolve(text.name(node));
      const all = found?.bound.all ?? [];
      // More of them than a person would write are not looked through.
      if (all.length === 0 || all.length > 20 || all.some((binding) => binding.kind !== 'literal'))
        return undefined;
      return all.map(({ node: target }) => valueOf(text, target.parent!.children.at(-1)!));
    }
    default:
      return undefined;
  }
}

/** How the string begins, as far as literals and constants tell. */
export function knownText(text: PythonText, node: CodeNode): KnownText | undefined {
  const literals = literalsOf(text, node);
  if (literals !== undefined)
    return literals.length === 1 ? { text: literals[0]!, complete: true } : undefined;
  switch (node.name) {
    case 'ParenthesizedExpression':
      return node.children.length === 3 ? knownText(text, node.children[1]!) : undefined;
    case 'FormatString':
      return formatted(text, node);
    case 'ContinuedString':
      return joined(node.children.map((child) => knownText(text, child)));
    case 'BinaryExpression': {
      const [left, operator, right] = node.children;
      const begin = knownText(text, left!);
      if (text.slice(operator!) === '+') return joined([begin, knownText(text, right!)]);
      return text.slice(operator!) === '%' && begin !== undefined ? upTo(begin, '%') : undefined;
    }
    case 'CallExpression': {
      const callee = node.children[0]!;
      const isFormat = callee.name === 'MemberExpression' && text.slice(callee.children.at(-1)!) === 'format';
      const begin = isFormat ? knownText(text, callee.children[0]!) : undefined;
      return begin === undefined ? undefined : upTo(begin, '{');
    }
    default:
      return undefined;
  }
}

function joined(parts: readonly (KnownText | undefined)[]): KnownText | undefined {
  let text = '';
  for (const part of parts) {
    if (part === undefined) return text === '' ? undefined : { text, complete: false };
    text += part.text;
    if (!part.complete) return { text, complete: false };
  }
  return { text, complete: true };
}

function upTo({ text }: KnownText, mark: string): KnownText {
  const at = text.indexOf(mark);
  return at === -1 ? { text, complete: true } : { text: text.slice(0, at), complete: false };
}

function formatted(text: PythonText, node: CodeNode): KnownText | undefined {
  const raw = text.slice(node);
  const opening = /^[a-z]*(?:'''|"""|'|")/i.exec(raw)![0];
  const prefix = opening.replace(/['"]/g, '').toLowerCase();
  const quotes = opening.length - prefix.length;
  const chunk = (from: number, to: number): KnownText => ({
    text: literalValue({ prefix, body: raw.slice(from - node.from, to - node.from) })
      .replaceAll('{{', '{')
      .replaceAll('}}', '}'),
    complete: true,
  });
  const parts: (KnownText | undefined)[] = [];
  let from = node.from + opening.length;
  for (const child of node.children) {
    if (child.name !== 'FormatReplacement') continue;
    parts.push(
      chunk(from, child.from),
      child.children.length === 3 ? knownText(text, child.children[1]!) : undefined,
    );
    from = child.to;
  }
  return joined([...parts, chunk(from, node.to - quotes)]);
}

function valueOf(text: PythonText, node: CodeNode): string {
  const literal = scanLiterals(text.slice(node))?.literals[0];
  return literal === undefined ? '' : literalValue(literal);
}
