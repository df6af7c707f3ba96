/** Changes to a policy's text that leave everything else as it is: comments, order, spaces. */
import {
  applyEdits,
  findNodeAtLocation,
  modify,
  parse,
  parseTree,
  type JSONPath,
  type ParseError,
} from 'jsonc-parser';
import type { PolicyDocument } from '../../../src/policy/document.ts';
import { isDrawable } from './drawable.ts';

const OPTIONS = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };
const READING = { allowTrailingComma: false, disallowComments: false };

/** Sets what stands at `path`; undefined removes it. */
export function setAt(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, path, value, OPTIONS));
}

/** Adds an element at the end of a list, which is made when it is missing. */
export function appendAt(text: string, path: JSONPath, value: unknown): string {
  const list = valueAt(text, path);
  if (!Array.isArray(list)) return setAt(text, path, [value]);
  return applyEdits(
    text,
    modify(text, [...path, list.length], value, { ...OPTIONS, isArrayInsertion: true }),
  );
}

/** Removes an element; a list that is empty then goes too. */
export function removeAt(text: string, path: JSONPath): string {
  const parent = path.slice(0, -1);
  const list = valueAt(text, parent);
  const last = Array.isArray(list) && list.length === 1;
  return setAt(text, last ? parent : path, undefined);
}

/** Gives a member another name, in its place. */
export function renameAt(text: string, path: JSONPath, name: string): string {
  const tree = parseTree(text);
  const key = (tree && findNodeAtLocation(tree, path))?.parent?.children?.[0];
  if (key === undefined) return text;
  return text.slice(0, key.offset) + JSON.stringify(name) + text.slice(key.offset + key.length);
}

export function valueAt(text: string, path: JSONPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    parse(text, [], READING),
  );
}

/** The document, if the text is JSON that can be drawn; whether it is a valid policy is another question. */
export function readDocument(text: string): PolicyDocument | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, READING);
  return errors.length === 0 && isDrawable(value) ? value : undefined;
}
