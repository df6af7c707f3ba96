/** Text or JSON value to a checked, canonical policy. All problems at once, each with its place; nothing is repaired silently. */
import type { Problem } from '../errors.ts';
import { ExactNumber } from '../json.ts';
import { checkMeaning } from './check-meaning.ts';
import { documentShape, type PolicyDocument } from './document.ts';
import { normalise, type Note } from './normalise.ts';
import { readText } from './read-text.ts';
import { into } from './shape.ts';

export type PolicyParse =
  | { readonly ok: true; readonly document: PolicyDocument; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface ParseOptions {
  /** Found out from the first character unless given. */
  readonly format?: 'json' | 'yaml';
}

/** Reads a policy in JSON (comments may stand in it) or YAML; problems have line and column. Never throws. */
export function parsePolicy(text: string, options: ParseOptions = {}): PolicyParse {
  const read = readText(text, options.format ?? (/^\s*(?:[[{]|\/[/*])/.test(text) ? 'json' : 'yaml'));
  if ('problems' in read) return { ok: false, problems: read.problems };
  const parsed = checkPolicy(read.value);
  return parsed.ok
    ? parsed
    : {
        ok: false,
        problems: parsed.problems.map((problem) => ({ ...problem, ...read.place(problem.pointer) })),
      };
}

/** Checks a policy that was read already. Never throws. */
export function checkPolicy(value: unknown): PolicyParse {
  const problems: Problem[] = [];
  refuseInexact(value, '', problems);
  if (problems.length > 0) return { ok: false, problems };
  documentShape.check(value, '', problems);
  if (problems.length === 0 || hasSafeShape(problems)) checkMeaning(value as PolicyDocument, problems);
  if (problems.length > 0) return { ok: false, problems };
  const canonical = normalise(value as PolicyDocument);
  // Shorter spellings name counters too: these may contradict others only now.
  checkMeaning(canonical.document, problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, ...canonical };
}

/** What a double cannot hold would be stored, and judged by, as something else. */
function refuseInexact(value: unknown, pointer: string, problems: Problem[]): void {
  if (value instanceof ExactNumber)
    problems.push({
      pointer,
      message: `${value.text.slice(0, 40)} cannot be judged: expected a number within ±(2^53 − 1) and of 17 digits at most`,
    });
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) refuseInexact(member, into(pointer, name), problems);
}

/** Unknown and missing members leave the rest readable; wrong types do not. */
function hasSafeShape(problems: readonly Problem[]): boolean {
  return problems.every(({ message }) => message.startsWith('unknown '));
}
