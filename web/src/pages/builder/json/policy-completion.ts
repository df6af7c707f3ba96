/** Completion by the policy's JSON Schema, and by the tools that the server really has. */
import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import { getLocation, type JSONPath } from 'jsonc-parser';
import { selectorMatcher } from '../../../../../src/policy/selector.ts';
import type { Tool } from '../../../api/types.ts';
import { argumentFields, type ArgumentField } from '../../../policy/fields.ts';
import { OPERATOR_LOOKS, operatorsFor } from '../../../policy/operators.ts';
import { valueAt } from '../../../policy/text-edits.ts';
import { schemaMembers, schemaValues, type SchemaNode } from './schema-at.ts';

const CLASSES = ['@read', '@write', '@execute', '@destructive', '@financial'];

interface Offer {
  readonly label: string;
  readonly detail?: string;
}

export function policyCompletion(schema: SchemaNode, tools: readonly Tool[]): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const { path, isAtPropertyKey, previousNode } = getLocation(text, context.pos);
    const inside = previousNode !== undefined && context.pos <= previousNode.offset + previousNode.length;
    if (!inside && !context.explicit) return null;
    const offers = isAtPropertyKey
      ? keysAt(schema, text, path.slice(0, -1), tools)
      : valuesAt(schema, text, path, tools);
    if (offers.length === 0) return null;
    const node = inside ? previousNode : undefined;
    const from = node?.offset ?? context.pos;
    const to = node === undefined ? context.pos : node.offset + node.length;
    const colon = isAtPropertyKey && !/^\s*:/.test(text.slice(to)) ? ': ' : '';
    return { from, to, options: offers.map((offer) => option(offer, colon)), filter: true };
  };
}

function option({ label, detail }: Offer, colon: string): Completion {
  return {
    label: JSON.stringify(label),
    apply: JSON.stringify(label) + colon,
    ...(detail === undefined ? {} : { detail }),
  };
}

function keysAt(schema: SchemaNode, text: string, path: JSONPath, tools: readonly Tool[]): readonly Offer[] {
  const present = new Set(Object.keys((valueAt(text, path) as object | undefined) ?? {}));
  const offers =
    path.length === 1 && path[0] === 'tools'
      ? selectors(tools)
      : schemaMembers(schema, path).map(([label, { description }]): Offer => ({
          label,
          ...(description === undefined ? {} : { detail: description }),
        }));
  return offers.filter(({ label }) => !present.has(label));
}

function valuesAt(
  schema: SchemaNode,
  text: string,
  path: JSONPath,
  tools: readonly Tool[],
): readonly Offer[] {
  const last = path.at(-1);
  if (path[0] === 'hide') return selectors(tools);
  const fields = fieldsFor(path, tools);
  const own = valueAt(text, path.slice(0, -1)) as
    | { readonly path?: string; readonly op?: string }
    | undefined;
  const field = fields.find((one) => one.path === own?.path);
  if (last === 'path' || last === 'by' || last === 'increment_from')
    return fields.map((one) => ({ label: one.path, detail: one.kind }));
  if (last === 'op')
    return operatorsFor(field?.kind ?? 'any').map((op) => ({
      label: op,
      detail: OPERATOR_LOOKS[op]?.reads ?? '',
    }));
  if (path.includes('value'))
    return (field?.values ?? []).filter((one) => typeof one === 'string').map((label) => ({ label }));
  return schemaValues(schema, path).map((label) => ({ label }));
}

function fieldsFor(path: JSONPath, tools: readonly Tool[]): readonly ArgumentField[] {
  const selector = path[0] === 'tools' ? path[1] : undefined;
  const fitting = typeof selector === 'string' ? tools.filter(selectorMatcher(selector)) : tools;
  const all = fitting.slice(0, 50).flatMap((tool) => argumentFields(tool.definition.inputSchema));
  return [...new Map(all.map((field) => [field.path, field])).values()];
}

function selectors(tools: readonly Tool[]): readonly Offer[] {
  return [
    ...tools.map(({ name, class: toolClass }) => ({ label: name, detail: toolClass })),
    ...CLASSES.map((label) => ({ label, detail: 'every tool of the class' })),
  ];
}
