/** What is known of a string before the text runs. */
import type { CodeNode } from '../code-tree.ts';
import type { KnownText } from '../hosts.ts';
import type { JavaScriptText } from './javascript-text.ts';

/** The value of a string literal or of a stretch of a template (ECMAScript 12.9.4). */
export function unescaped(body: string): string {
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,8})\}|([0-7]{1,3})|(\r\n|[\s\S]))/g,
    (_whole, two?: string, four?: string, many?: string, octal?: string, other?: string) => {
      const hex = two ?? four ?? many;
      if (hex !== undefined || octal !== undefined) {
        const code = Number.parseInt(hex ?? octal!, hex === undefined ? 8 : 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : '\u0000';
      }
      return { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '\n': '', '\r\n': '' }[other!] ?? other!;
    },
  );
}

/** How the expression begins as a string, as far as literals and constants tell. */
export function knownText(
  text: JavaScriptText,
  node: CodeNode | undefined,
  depth = 0,
): KnownText | undefined {
  if (node === undefined || depth > 20) return undefined;
  const { slice, scopes } = text;
  const { children } = node;
  switch (node.name) {
    case 'String':
      return { text: unescaped(slice(node).slice(1, -1)), complete: true };
    case 'TemplateString':
      return template(text, node, depth);
    case 'ParenthesizedExpression':
      return knownText(text, children[1], depth + 1);
    case 'BinaryExpression':
      if (['as', 'satisfies'].includes(children[1]!.name)) return knownText(text, children[0], depth + 1);
      return slice(children[1]!) === '+'
        ? joined([knownText(text, children[0], depth + 1), knownText(text, children[2], depth + 1)])
        : undefined;
    case 'VariableName': {
      const binding = scopes.of.get(node)!.resolve(slice(node));
      const [source, ...more] = binding?.sources ?? [];
      if (source?.kind !== 'expression' || more.length > 0 || binding!.keyword === 'param') return undefined;
      return knownText(text, source.node, depth + 1);
    }
    case 'NewExpression':
      return newUrl(text, node, depth);
    case 'CallExpression': {
      // `url.toString()`
      const callee = children[0]!;
      return callee.name === 'MemberExpression' && slice(callee.children.at(-1)!) === 'toString'
        ? knownUrlObject(text, callee.children[0]!, depth)
        : undefined;
    }
    case 'MemberExpression':
      return slice(children.at(-1)!) === 'href' ? knownUrlObject(text, children[0]!, depth) : undefined;
    default:
      return undefined;
  }
}

/** `url.href`, `url.toString()`: the object must itself be a `new URL(…)`. */
function knownUrlObject(text: JavaScriptText, node: CodeNode, depth: number): KnownText | undefined {
  if (node.name !== 'VariableName' && node.name !== 'NewExpression') return undefined;
  const known = knownText(text, node, depth + 1);
  return known === undefined ? undefined : { ...known, complete: false };
}

function newUrl(text: JavaScriptText, node: CodeNode, depth: number): KnownText | undefined {
  const { slice, scopes } = text;
  const callee = node.children[1]!;
  if (slice(callee) !== 'URL' || scopes.of.get(callee)!.resolve('URL') !== undefined) return undefined;
  const [path, base] = argumentsOf(node.children.find((child) => child.name === 'ArgList'));
  const first = knownText(text, path, depth + 1);
  if (first === undefined) return undefined;
  // What else the object goes through may change where it points.
  if (base === undefined) return { ...first, complete: first.complete };
  const origin = knownText(text, base, depth + 1);
  if (
    origin === undefined ||
    !/^[?#]|^\/?[\w.-]*[/?#]|^\/?[\w.-]+$/.test(first.text) ||
    /^[/\\]{2}/.test(first.text)
  )
    return undefined;
  try {
    return { text: new URL('/', origin.text).href, complete: false };
  } catch {
    return undefined;
  }
}

/** The expressions between the parentheses. */
export function argumentsOf(list: CodeNode | undefined): readonly CodeNode[] {
  return (list?.children ?? []).filter(
    (child) => !['(', ')', ',', '⚠'].includes(child.name) && !child.name.endsWith('Comment'),
  );
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

function template(text: JavaScriptText, node: CodeNode, depth: number): KnownText | undefined {
  const parts: (KnownText | undefined)[] = [];
  let from = node.from + 1;
  const chunk = (to: number): KnownText => ({ text: unescaped(text.source.slice(from, to)), complete: true });
  for (const child of node.children) {
    if (child.name !== 'Interpolation') continue;
    parts.push(
      chunk(child.from),
      child.children.length === 3 ? knownText(text, child.children[1], depth + 1) : undefined,
    );
    from = child.to;
  }
  return joined([...parts, chunk(node.to - 1)]);
}
