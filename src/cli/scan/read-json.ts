import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { SourcePlace } from '../../catalog/index.ts';
import type { Given } from './read-entry.ts';

export interface ReadTables {
  /** Server name → entry, from every place of the file that holds servers. */
  readonly servers: readonly (readonly [name: string, entry: Given])[];
  readonly problems: readonly { readonly what: string; readonly place: SourcePlace }[];
}

/** Where servers stand: plain, VS Code, its settings, and Claude Code's projects. */
const MAPS = [['mcpServers'], ['servers'], ['mcp', 'servers'], ['projects', '*', 'mcpServers']];

/** JSON of any client; comments and trailing commas are allowed, as VS Code has it. */
export function readJson(text: string, place: (offset: number) => SourcePlace): ReadTables {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const problems = errors.slice(0, 3).map(({ error, offset }) => ({
    what: `not JSON: ${printParseErrorCode(error)}`,
    place: place(offset),
  }));
  if (root?.type !== 'object')
    return {
      servers: [],
      problems: problems.length > 0 ? problems : [{ what: 'no JSON object', place: place(0) }],
    };
  const servers = MAPS.flatMap((path) => at(root, path)).flatMap((map) =>
    membersOf(map).map(([name, node]) => [name, given(node, place)] as const),
  );
  return { servers, problems };
}

function at(node: Node, path: readonly string[]): Node[] {
  const [first, ...rest] = path;
  if (first === undefined) return node.type === 'object' ? [node] : [];
  return membersOf(node)
    .filter(([name]) => first === '*' || name === first)
    .flatMap(([, value]) => at(value, rest));
}

function membersOf(node: Node): [string, Node][] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key === undefined || value === undefined ? [] : [[String(key.value), value]];
  });
}

function given(node: Node, place: (offset: number) => SourcePlace): Given {
  // The server's name stands before its object; that line is where an editor should open.
  const here = place(node.offset);
  if (node.type === 'string') return { kind: 'text', text: String(node.value), place: here };
  if (node.type === 'number' || node.type === 'boolean')
    return { kind: 'text', text: String(node.value), place: here };
  if (node.type === 'array')
    return { kind: 'list', items: (node.children ?? []).map((child) => given(child, place)), place: here };
  if (node.type !== 'object') return { kind: 'other', place: here };
  const members = new Map(membersOf(node).map(([name, value]) => [name, given(value, place)]));
  return { kind: 'table', members, place: here };
}
