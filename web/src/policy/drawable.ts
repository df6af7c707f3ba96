/** Whether the builder can draw a document. It is as somebody types it: a value of another type than is meant there is for the JSON view alone. */
import type { PolicyDocument } from '../../../src/policy/document.ts';

type Test = (value: unknown) => boolean;

/** @returns false where a part that the builder draws has a type that it cannot have */
export function isDrawable(document: unknown): document is PolicyDocument {
  return DOCUMENT(document);
}

const object = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Test = (value) => typeof value === 'string';
const number: Test = (value) => typeof value === 'number';
const either =
  (...tests: readonly Test[]): Test =>
  (value) =>
    tests.some((test) => test(value));
const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);
const mapOf =
  (test: Test): Test =>
  (value) =>
    object(value) && Object.values(value).every(test);
/** Members that are there pass; what else there is does not matter. */
const members =
  (tests: Readonly<Record<string, Test>>): Test =>
  (value) =>
    object(value) &&
    Object.entries(tests).every(([name, test]) => value[name] === undefined || test(value[name]));

const CONDITION: Test = (value) =>
  members({ any_of: listOf(CONDITION), all_of: listOf(CONDITION), not: CONDITION, path: text, op: text })(
    value,
  );
const RULE = members({
  conditions: listOf(CONDITION),
  path: text,
  op: text,
  on_deny: text,
  reason: text,
  expires: text,
});
const LIMIT = members({
  counter: text,
  window: either(text, number),
  max: number,
  concurrent: number,
  scope: text,
  algorithm: text,
  increment: number,
  increment_from: text,
  by: text,
  on_deny: text,
  fail: text,
});
const RULES = members({
  require: listOf(RULE),
  deny_if: listOf(RULE),
  approve_if: listOf(RULE),
  limits: listOf(LIMIT),
  results: members({ max_bytes: number, redact: listOf(text) }),
  action: text,
  reason: text,
  approval_timeout: text,
  rate_limit: either(text, object),
});
const DOCUMENT = members({ hide: listOf(text), tools: mapOf(RULES), all_tools: RULES });
