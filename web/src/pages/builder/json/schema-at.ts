/** What a JSON Schema says of the place at a path. */
import type { JSONPath } from 'jsonc-parser';

export interface SchemaNode {
  readonly description?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: readonly unknown[];
}

export function schemaMembers(root: SchemaNode, path: JSONPath): readonly (readonly [string, SchemaNode])[] {
  const members = nodesAt(root, path).flatMap((node) => Object.entries(node.properties ?? {}));
  return [...new Map(members)];
}

export function schemaValues(root: SchemaNode, path: JSONPath): readonly string[] {
  const values = nodesAt(root, path).flatMap((node) => node.enum ?? []);
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

/** Every schema that may hold there: alternatives and references are followed. */
function nodesAt(root: SchemaNode, path: JSONPath): readonly SchemaNode[] {
  return path.reduce<readonly SchemaNode[]>(
    (nodes, step) =>
      nodes.flatMap((node) => {
        const next =
          typeof step === 'number' ? node.items : (node.properties?.[step] ?? node.additionalProperties);
        return typeof next === 'object' ? alternatives(root, next) : [];
      }),
    alternatives(root, root),
  );
}

function alternatives(root: SchemaNode, node: SchemaNode): readonly SchemaNode[] {
  const name = node.$ref?.replace('#/$defs/', '');
  const target = name === undefined ? node : (root.$defs?.[name] ?? {});
  return [target, ...(target.anyOf ?? []).flatMap((one) => alternatives(root, one))];
}
