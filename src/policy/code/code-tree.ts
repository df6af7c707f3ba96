import type { Tree } from '@lezer/common';
import type { Steps } from './checker.ts';

const NODES_BETWEEN_YIELDS = 500;

/** A node of a syntax tree that knows its surroundings. */
export interface CodeNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly parent: CodeNode | undefined;
  readonly children: CodeNode[];
  /** Its place among its parent's children. */
  readonly index: number;
}

/** All nodes, parents before children, in the order of the text. */
export function* codeTree(tree: Tree): Steps<readonly CodeNode[]> {
  const nodes: CodeNode[] = [];
  const cursor = tree.cursor();
  let parent: CodeNode | undefined;
  for (;;) {
    const { name, from, to } = cursor;
    const node: CodeNode = { name, from, to, parent, children: [], index: parent?.children.length ?? 0 };
    parent?.children.push(node);
    nodes.push(node);
    if (nodes.length % NODES_BETWEEN_YIELDS === 0) yield;
    if (cursor.firstChild()) {
      parent = node;
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return nodes;
      parent = parent?.parent;
    }
  }
}

/** The nearest node around this one whose name is one of these. */
export function enclosing(node: CodeNode, ...names: readonly string[]): CodeNode | undefined {
  let around = node.parent;
  while (around !== undefined && !names.includes(around.name)) around = around.parent;
  return around;
}

export function sibling(node: CodeNode, offset: number): CodeNode | undefined {
  return node.parent?.children[node.index + offset];
}
