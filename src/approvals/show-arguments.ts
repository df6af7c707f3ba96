/** The arguments of a call as people read them, and what differs from the last call of this tool that people agreed to. */
import { ExactNumber, type Json, type JsonObject } from '../json.ts';
import { parseStrict } from '../wire/index.ts';
import { argumentKind, type ArgumentKind } from './argument-kind.ts';
import { lineDiff, type DiffLine } from './line-diff.ts';

export interface ShownArgument extends ArgumentKind {
  readonly name: string;
  /** A string as it is, anything else as JSON laid out. */
  readonly text: string;
  /** How many characters cannot be seen or change the order of others: text may not be what it looks like. */
  readonly invisible: number;
}

export interface ArgumentDiff {
  readonly name: string;
  readonly lines: readonly DiffLine[];
}

/** @param text canonical JSON of the arguments, as it was sealed */
export function showArguments(text: string): readonly ShownArgument[] {
  const args = parsed(text);
  return Object.entries(args).map(([name, value]) => {
    const shown = typeof value === 'string' ? value : laidOut(value);
    return { name, ...argumentKind(name, value, args), text: shown, invisible: invisible(shown) };
  });
}

/** Only arguments that differ. */
export function diffArguments(before: string, after: string): readonly ArgumentDiff[] {
  const [old, now] = [texts(before), texts(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [a, b] = [old.get(name), now.get(name)];
    if (a === b) return [];
    if (a === undefined) return [{ name, lines: lineDiff('', b!).filter(({ op }) => op !== 'removed') }];
    if (b === undefined) return [{ name, lines: lineDiff(a, '').filter(({ op }) => op !== 'added') }];
    return [{ name, lines: lineDiff(a, b) }];
  });
}

function texts(text: string): Map<string, string> {
  return new Map(showArguments(text).map((one) => [one.name, one.text]));
}

function parsed(text: string): JsonObject {
  return parseStrict(Buffer.from(text), { caseSensitiveAt: [] }).value as JsonObject;
}

function invisible(text: string): number {
  return (
    text.match(/[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0]/gu)?.filter((one) => !'\n\t\r'.includes(one)).length ??
    0
  );
}

function laidOut(value: Json, indent = ''): string {
  if (value instanceof ExactNumber) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    if (list.length === 0) return '[]';
    return `[\n${list.map((one) => deeper + laidOut(one, deeper)).join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value as JsonObject);
  if (members.length === 0) return '{}';
  return `{\n${members.map(([name, one]) => `${deeper}${JSON.stringify(name)}: ${laidOut(one, deeper)}`).join(',\n')}\n${indent}}`;
}
