/** Paths into a call: where a condition looks. Only own properties are read, so `__proto__` is an ordinary name. */
import { foldCase } from '../fold-case.ts';
import { ExactNumber, type Json, type JsonObject } from '../json.ts';
import { didYouMean } from './did-you-mean.ts';
import type { CallFacts } from './types.ts';

const ROOTS = [
  'args',
  'tool.name',
  'tool.class',
  'grant.label',
  'grant.tags',
  'client.name',
  'time.utc',
] as const;

export interface Path {
  readonly root: (typeof ROOTS)[number];
  readonly steps: readonly { readonly key: string | number; readonly every: boolean }[];
}

const NAME = /^[^.[\]"\s]+/;

/** @returns the path, or what is wrong with it */
export function parsePath(text: string): Path | string {
  const root = ROOTS.find(
    (known) => text === known || text.startsWith(`${known}.`) || text.startsWith(`${known}[`),
  );
  if (root === undefined) {
    const meant = didYouMean(text.split(/[.[]/)[0]!, ['args']) ?? didYouMean(text, ROOTS);
    return `a path starts at ${ROOTS.join(', ')}${meant === undefined ? '' : `; did you mean "${meant === 'args' ? text.replace(/^[^.[]+/, 'args') : meant}"?`}`;
  }
  const steps: { key: string | number; every: boolean }[] = [];
  let rest = text.slice(root.length);
  while (rest !== '') {
    const at = text.length - rest.length + 1;
    const step = nextStep(rest);
    if (step === undefined)
      return `cannot be read from character ${at} on: expected .name, [0], [*] or ["name"]`;
    steps.push({ key: step.key, every: step.every });
    rest = rest.slice(step.length);
  }
  if (root !== 'args' && root !== 'grant.tags' && steps.length > 0) return `${root} has no members`;
  return { root, steps };
}

function nextStep(rest: string): { key: string | number; every: boolean; length: number } | undefined {
  if (rest.startsWith('.')) {
    const name = NAME.exec(rest.slice(1))?.[0];
    return name === undefined ? undefined : { key: name, every: false, length: name.length + 1 };
  }
  if (rest.startsWith('[*]')) return { key: 0, every: true, length: 3 };
  const index = /^\[(0|[1-9]\d{0,8})\]/.exec(rest);
  if (index !== null) return { key: Number(index[1]), every: false, length: index[0].length };
  const quoted = /^\[("(?:[^"\\]|\\.)*")\]/.exec(rest);
  if (quoted === null) return undefined;
  try {
    return { key: JSON.parse(quoted[1]!) as string, every: false, length: quoted[0].length };
  } catch {
    return undefined;
  }
}

/** The value is not there. */
export const MISSING = Symbol('missing');
/** Something on the way is of a type that the path cannot go through. */
export const UNJUDGEABLE = Symbol('unjudgeable');
export type Found = Json | typeof MISSING | typeof UNJUDGEABLE;

export type Resolve = (facts: CallFacts) => Found;
/** For paths with `[*]`: all the values, one for each element. */
export type ResolveAll = (facts: CallFacts) => readonly Found[];

export function hasWildcard(path: Path): boolean {
  return path.steps.some((step) => step.every);
}

/** A reader for a path without `[*]`. */
export function resolver({ root, steps }: Path): Resolve {
  const start = rootReader(root);
  if (steps.length === 0) return start;
  if (root === 'args' && steps.length === 1 && typeof steps[0]!.key === 'string') {
    const name = steps[0]!.key;
    return ({ args, caseSensitive }) =>
      Object.hasOwn(args, name) ? args[name]! : absent(args, name, caseSensitive);
  }
  return (facts) => {
    let value = start(facts);
    for (const { key } of steps) value = member(value, key, facts.caseSensitive);
    return value;
  };
}

export function resolverOfAll({ root, steps }: Path): ResolveAll {
  const start = rootReader(root);
  return (facts) => {
    let values: readonly Found[] = [start(facts)];
    for (const { key, every } of steps)
      values = every
        ? values.flatMap(elements)
        : values.map((value) => member(value, key, facts.caseSensitive));
    return values;
  };
}

function elements(value: Found): readonly Found[] {
  if (Array.isArray(value)) return value as readonly Json[];
  return value === MISSING ? [MISSING] : [UNJUDGEABLE];
}

function member(value: Found, key: string | number, caseSensitive?: boolean): Found {
  if (value === MISSING || value === UNJUDGEABLE) return value;
  if (typeof key === 'number') {
    if (!Array.isArray(value)) return value === null ? MISSING : UNJUDGEABLE;
    return key < value.length ? (value[key] as Json) : MISSING;
  }
  if (value === null) return MISSING;
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof ExactNumber) return UNJUDGEABLE;
  return Object.hasOwn(value, key)
    ? (value as JsonObject)[key]!
    : absent(value as JsonObject, key, caseSensitive);
}

/** A server whose reader ignores case takes `Amount` for `amount`: then the value is there, and not the one that is read here. */
function absent(value: JsonObject, key: string, caseSensitive = false): Found {
  if (caseSensitive) return MISSING;
  let folded: string | undefined;
  for (const name in value) {
    if (name.length !== key.length) continue;
    folded ??= foldCase(key);
    if (foldCase(name) === folded) return UNJUDGEABLE;
  }
  return MISSING;
}

function rootReader(root: Path['root']): Resolve {
  switch (root) {
    case 'args':
      return ({ args }) => args;
    case 'tool.name':
      return ({ tool }) => tool.name;
    case 'tool.class':
      return ({ tool }) => tool.class;
    case 'grant.label':
      return ({ grant }) => grant.label;
    case 'grant.tags':
      return ({ grant }) => grant.tags;
    case 'client.name':
      return ({ client }) => client.name ?? MISSING;
    case 'time.utc':
      return ({ now }) => new Date(now).toISOString();
  }
}
